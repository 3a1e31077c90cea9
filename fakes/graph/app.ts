import type { HttpBindings } from "@hono/node-server";
import { type Context, Hono } from "hono";
import type { Access } from "./access.ts";
import type { Conduct } from "./conduct.ts";
import type { GraphFaults, GraphRequest } from "./faults.ts";
import type { Outbox } from "./outbox.ts";
import type { People } from "./people.ts";
import { refuse } from "./refusals.ts";
import { validate } from "./validate.ts";

export interface GraphAppOptions {
  access: Access;
  conduct: Conduct;
  people: People;
  outbox: Outbox;
  faults: GraphFaults;
  /** Filled with every request to `/messages`, accepted or not. */
  requests: GraphRequest[];
  /** Messages per second; decides the level that the number's facts tell. */
  throughput: number | null;
  now: () => number;
}

type Env = { Bindings: HttpBindings };

/** From here on Meta calls a number's throughput high. */
const HIGH_THROUGHPUT = 1_000;

/** What a bot needs besides files: a business number's facts, and its messages. */
export function graphApp(options: GraphAppOptions): Hono<Env> {
  const { access, faults, requests } = options;
  const app = new Hono<Env>();
  app.get("/:version/:phoneNumberId", (context, next) => {
    const id = context.req.param("phoneNumberId");
    return access.isNumber(id) ? numberFacts(context, id, options) : next();
  });
  app.post("/:version/:phoneNumberId/messages", async (context) => {
    const phoneNumberId = context.req.param("phoneNumberId");
    const body: unknown = await context.req.json().catch(() => null);
    const request = { path: context.req.path, phoneNumberId, body, atMs: options.now() };
    requests.push(request);

    const fault = faults.next(request);
    const early = fault?.when === "before" ? await faults.suffer(fault, context.env.incoming) : null;
    if (early) return early;
    const refusal = access.refuse(context.req.header("authorization"), phoneNumberId);
    if (refusal) return refuse(refusal);
    const reply = answer(body, phoneNumberId, options);
    if (reply instanceof Response) return reply;
    const late = fault?.when === "after" ? await faults.suffer(fault, context.env.incoming) : null;
    return late ?? context.json(reply);
  });
  return app;
}

/** Meta's answer to the body of a request: a refusal, or what it says of what it took. */
function answer(body: unknown, phoneNumberId: string, { conduct, people, outbox }: GraphAppOptions) {
  const valid = validate(body);
  if ("error" in valid) return refuse(valid);
  if (valid.kind === "read") return outbox.read(valid.body);
  const { to, recipient = null } = valid.body;
  // With both, `to` wins.
  const named =
    to === undefined ? { phone: null, waUserId: recipient } : { phone: to.slice(1), waUserId: null };
  const person = people.whole(named);
  const taken = conduct(valid.body, person, phoneNumberId);
  return "error" in taken ? refuse(taken) : outbox.accept(valid.body, person, phoneNumberId, taken);
}

function numberFacts(context: Context<Env>, id: string, { access, throughput }: GraphAppOptions): Response {
  const refusal = access.refuse(context.req.header("authorization"), id);
  if (refusal) return refuse(refusal);
  const level = throughput !== null && throughput >= HIGH_THROUGHPUT ? "HIGH" : "STANDARD";
  const facts: Record<string, unknown> = {
    display_phone_number: "+1 555-000-1111",
    verified_name: "Chasqui (local)",
    quality_rating: "GREEN",
    throughput: { level },
  };
  const asked = context.req.query("fields")?.split(",") ?? Object.keys(facts);
  return context.json({
    id,
    ...Object.fromEntries(Object.entries(facts).filter(([name]) => asked.includes(name))),
  });
}
