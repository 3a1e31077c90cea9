import type { HttpBindings } from "@hono/node-server";
import { type Context, Hono } from "hono";
import type { FaultPlan, FaultPlayer } from "../faults/faults.ts";
import { type AccountState, addAccount } from "./account.ts";
import type { Customers } from "./customers.ts";
import type { GraphRequest } from "./faults.ts";
import type { Outbox } from "./outbox.ts";
import type { Policy } from "./policy.ts";
import type { Access } from "./rules/access.ts";
import { refuse, unknownObject } from "./rules/refusals.ts";
import { listTemplates } from "./rules/template-list.ts";
import type { RegisteredTemplate } from "./rules/templates.ts";
import { validate } from "./rules/validate.ts";

export interface GraphAppOptions {
  access: Access;
  policy: Policy;
  customers: Customers;
  outbox: Outbox;
  faults: FaultPlan<GraphRequest>;
  player: FaultPlayer;
  /** Filled with every request to `/messages`, accepted or not. */
  requests: GraphRequest[];
  /** Messages per second; decides the level in the number's facts. */
  throughput: number | null;
  /** WhatsApp Business account of the numbers, with its templates. */
  accountId: string;
  account: () => AccountState;
  templates: readonly RegisteredTemplate[];
  now: () => number;
}

type Env = { Bindings: HttpBindings };

/** Least messages per second that Meta reports as level HIGH. */
const HIGH_THROUGHPUT = 1_000;

/** Endpoints of a business number: its facts, its messages and the templates of its account. */
export function graphApp(options: GraphAppOptions): Hono<Env> {
  const { access, faults, player, requests } = options;
  const app = new Hono<Env>();
  addAccount(app, options);
  app.get("/:version/:phoneNumberId", (context, next) => {
    const id = context.req.param("phoneNumberId");
    return access.isNumber(id) ? numberFacts(context, id, options) : next();
  });
  app.post("/:version/:phoneNumberId/messages", async (context) => {
    const phoneNumberId = context.req.param("phoneNumberId");
    const body: unknown = await context.req.json().catch(() => null);
    const request = { path: context.req.path, phoneNumberId, body, atMs: options.now() };
    requests.push(request);
    return player.around(faults.next(request), context.env.incoming, () => {
      const refusal = access.refuse(context.req.header("authorization"), phoneNumberId);
      return refusal ? refuse(refusal) : answer(body, phoneNumberId, options);
    });
  });
  app.get("/:version/:accountId/message_templates", (context) => {
    const { accountId, templates } = options;
    const id = context.req.param("accountId");
    const refusal = access.refuseReader(context.req.header("authorization"), null);
    if (refusal) return refuse(refusal);
    if (id !== accountId) return refuse(unknownObject(id));
    const limit = Math.min(Number(context.req.query("limit") ?? 25), MAX_TEMPLATES);
    return context.json(listTemplates(templates, { limit, after: context.req.query("after") ?? null }));
  });
  return app;
}

/** Most templates of one page. */
const MAX_TEMPLATES = 100;

/** Meta's answer to the body of a request: a refusal, or the receipt of a message or read mark. */
function answer(
  body: unknown,
  phoneNumberId: string,
  { policy, customers, outbox }: GraphAppOptions,
): Response {
  const valid = validate(body);
  if ("error" in valid) return refuse(valid);
  if (valid.kind === "read") return Response.json(outbox.read(valid.body));
  const { to, recipient: waUserId = null } = valid.body;
  // With both, `to` wins.
  const named = to === undefined ? { phone: null, waUserId } : { phone: to.slice(1), waUserId: null };
  const recipient = customers.complete(named);
  const verdict = policy(valid.body, recipient, phoneNumberId);
  if ("error" in verdict) return refuse(verdict);
  return Response.json(outbox.accept(valid.body, recipient, { phoneNumberId, ...verdict }));
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
