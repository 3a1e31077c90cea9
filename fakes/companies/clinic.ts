import { Hono } from "hono";
import { z } from "zod";
import { Diary, type Entry } from "./diary.ts";
import { signedBy, type Verified } from "./signed.ts";
import { answered, type CompanySystem, type SystemOptions } from "./system.ts";

const HOURS = ["08:00", "09:00", "10:00", "11:00", "12:00", "14:00", "15:00", "16:00", "17:00"];
const whenSchema = z.object({ day: z.iso.date(), time: z.string() });

/** The dental clinic's system: one dentist, an hour for each patient. */
export function clinicSystem({ secret, now }: SystemOptions): CompanySystem {
  const diary = new Diary({
    letter: "C",
    room: 1,
    times: (weekday) => (weekday === 0 ? [] : weekday === 6 ? HOURS.slice(0, 5) : HOURS),
    today: () => new Date(now()).toISOString().slice(0, 10),
  });
  const app = new Hono<Verified>();
  app.use(signedBy(secret, now));
  app.get("/slots", ({ req, json }) => {
    const day = req.query("day") ?? "";
    return json({ day, free: diary.free(day, 1) });
  });
  app.get("/appointments", (context) =>
    context.json({ appointments: diary.of(context.get("customer")).map(shown) }),
  );
  app.post("/appointments", async (context) => {
    const { day, time } = whenSchema.parse(await context.req.json());
    const customer = context.get("customer");
    return answered(diary.book(keyOf(context.req), { customer, day, time, people: 1 }), shown);
  });
  app.post("/appointments/:code/move", async (context) => {
    const { day, time } = whenSchema.parse(await context.req.json());
    const code = context.req.param("code");
    const customer = context.get("customer");
    return answered(diary.move(keyOf(context.req), { customer, code, day, time }), shown);
  });
  app.delete("/appointments/:code", (context) => {
    const code = context.req.param("code");
    return answered(diary.cancel(keyOf(context.req), { customer: context.get("customer"), code }), shown);
  });
  return app;
}

const shown = ({ code, day, time }: Entry) => ({ code, day, time });

const keyOf = (request: { header(name: string): string | undefined }): string =>
  request.header("idempotency-key") ?? "";
