import { Hono } from "hono";
import { z } from "zod";
import { takeCarts } from "./carts.ts";
import { DISHES } from "./catalogs.ts";
import { Diary, type Entry } from "./diary.ts";
import { signedBy, type Verified } from "./signed.ts";
import { answered, type CompanySystem, type SystemOptions } from "./system.ts";

const TIMES = ["13:00", "14:00", "15:00", "16:00", "19:00", "20:00", "21:00"];
const wantedSchema = z.object({ day: z.iso.date(), time: z.string(), people: z.int().min(1) });

/** The restaurant's system: its menu, tables for forty people at each time, and orders to take away. */
export function restaurantSystem({ secret, now }: SystemOptions): CompanySystem {
  const diary = new Diary({
    letter: "M",
    room: 40,
    times: (weekday) => (weekday === 1 ? [] : weekday === 0 ? TIMES.slice(0, 4) : TIMES),
    today: () => new Date(now()).toISOString().slice(0, 10),
  });
  const app = new Hono<Verified>();
  app.use(signedBy(secret, now));
  app.get("/menu", ({ req, json }) => {
    const part = req.query("part");
    const dishes = DISHES.filter((dish) => part === undefined || dish.part === part);
    return json({ dishes: dishes.map(({ name, price }) => ({ name, price: `$${price}` })) });
  });
  app.get("/tables", ({ req, json }) => {
    const day = req.query("day") ?? "";
    return json({ day, free: diary.free(day, Number(req.query("people"))) });
  });
  app.get("/reservations", (context) =>
    context.json({ reservations: diary.of(context.get("customer")).map(shown) }),
  );
  app.post("/reservations", async (context) => {
    const wanted = wantedSchema.parse(await context.req.json());
    const key = context.req.header("idempotency-key") ?? "";
    return answered(diary.book(key, { customer: context.get("customer"), ...wanted }), shown);
  });
  app.delete("/reservations/:code", (context) => {
    const key = context.req.header("idempotency-key") ?? "";
    const code = context.req.param("code");
    return answered(diary.cancel(key, { customer: context.get("customer"), code }), shown);
  });
  app.post("/orders", takeCarts({ products: DISHES, code: (nth) => `P-${1000 + nth}` }));
  return app;
}

const shown = ({ code, day, time, people }: Entry) => ({ code, day, time, people });
