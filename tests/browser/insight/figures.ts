import { type Counted, count, fresh } from "../../console/insight/counters.ts";
import { randomOf } from "../../metrics/turns.ts";
import type { World } from "../../support/world.ts";

const HOUR = 3_600_000;

const INTENTS = ["product_question", "order_status", "greeting", "complaint"];
const STAGES: [name: string, ms: number][] = [
  ["ack", 14],
  ["admit", 3],
  ["receive", 6],
  ["claim", 4],
  ["classify", 210],
  ["respond", 980],
  ["tool:lookup", 45],
  ["draft", 5],
  ["send", 120],
  ["finish", 6],
];

/** Days of ordinary traffic: busy by day, an outage of the model in one hour, a model without a price. */
export async function fillFigures(world: Pick<World, "sql">, tenantId: string, days = 30): Promise<void> {
  const random = randomOf(7);
  const now = Date.now();
  const events: Counted[] = [];
  for (let hour = days * 24; hour >= 0; hour -= 1) {
    const atMs = now - hour * HOUR;
    // Businesses in Peru are awake from 13 to 3 o'clock in UTC.
    const awake = Math.max(0, Math.sin(((new Date(atMs).getUTCHours() - 11) / 24) * 2 * Math.PI) + 0.3);
    events.push(
      ...hourOf({ tenantId, atMs, random, n: Math.round(60 * awake * (0.8 + random() * 0.4)) }, hour === 30),
    );
  }
  // A statement for each metric and week (of whole days): larger ones take long where others work too.
  const partOf = ({ metric, atMs }: Counted) => `${metric} ${Math.floor(atMs / (7 * 24 * HOUR))}`;
  const parts = new Map<string, Counted[]>();
  for (const event of events) {
    const part = parts.get(partOf(event));
    if (part) part.push(event);
    else parts.set(partOf(event), [event]);
  }
  for (const part of parts.values()) await count(world, part);
  await fresh(world, now - 60_000);
}

interface Hour {
  tenantId: string;
  atMs: number;
  random(): number;
  /** Messages. */
  n: number;
}

function hourOf({ tenantId, atMs, random, n }: Hour, outage: boolean): Counted[] {
  if (n === 0) return [];
  const own = { tenantId, atMs };
  const slow = outage ? 4 : 1;
  const dead = outage ? Math.ceil(n / 3) : random() < 0.03 ? 1 : 0;
  const events: Counted[] = [
    { ...own, metric: "received", labels: { type: "text" }, n },
    { ...own, metric: "answered", labels: { result: "bot" }, n: Math.max(0, n - dead - 1) },
    { ...own, metric: "answered", labels: { result: "person" }, n: 1 },
    {
      ...own,
      metric: "cost_nano_usd",
      labels: { intent: "order_status", model: "gpt-4o-mini" },
      n: n * 290_000,
    },
  ];
  events.push(
    ...serviceOf({ ...own, n }, outage),
    ...conversationsOf({ ...own, n }),
    ...moneyOf({ ...own, n }),
  );
  if (dead > 0) events.push({ ...own, metric: "anomalies", labels: { name: "dead" }, n: dead });
  for (let turn = 0; turn < 6; turn += 1) {
    const intent = INTENTS[turn % INTENTS.length] ?? "general";
    const labels = { intent, model: "gpt-4o-mini", rung: outage && turn > 3 ? "fallback_model" : "full" };
    const spread = 0.6 + random() ** 3 * 1.9;
    const each = { ...own, labels, n: Math.ceil(n / 6) };
    events.push(
      { ...each, metric: "wait", ms: 1_350 * spread * slow },
      { ...each, metric: "intent", ms: 210 * spread * slow },
      { ...each, metric: "reply", ms: 980 * spread * slow },
      { ...each, metric: "turns", labels: { ...labels, language: "es", result: "answered" } },
      { ...own, metric: "webhook", ms: 14 * spread ** 2, n: each.n },
      ...STAGES.map(
        ([stage, ms]): Counted => ({
          ...own,
          metric: "stage",
          labels: { stage },
          ms: ms * spread,
          n: each.n,
        }),
      ),
    );
  }
  return events;
}

/** How conversations went: one in four asks for a person, one in nine is rated. */
function conversationsOf({ n, ...own }: Pick<Hour, "tenantId" | "atMs" | "n">): Counted[] {
  const intent = INTENTS[n % INTENTS.length] ?? "general";
  const served = n % 4 === 0 ? "mixed" : "bot";
  const labels = { intent, served_by: served, version: String(1 + (n % 2)) };
  const rated =
    n % 9 === 0
      ? [{ ...own, metric: "csat" as const, labels: { ...labels, score: String(3 + (n % 3)) } }]
      : [];
  const handed: Counted[] = [
    { ...own, metric: "handoffs", labels: { reason: n % 8 === 0 ? "complaint" : "customer_request" } },
    { ...own, metric: "first_response", ms: 60_000 * (1 + (n % 12)) },
  ];
  return [
    { ...own, metric: "conversations", labels: { ...labels, result: "resolved" }, n: 2 },
    {
      ...own,
      metric: "containment",
      labels: { ...labels, ...(served === "mixed" ? { handoff: "yes" } : {}) },
      n: 2,
    },
    { ...own, metric: "resolution", labels: { served_by: served }, ms: 60_000 * (3 + (n % 20)), n: 2 },
    { ...own, metric: "people", labels: { type: n % 3 === 0 ? "new" : "returning" }, n: 2 },
    ...rated,
    ...(served === "mixed" ? handed : []),
  ];
}

/** Tokens, and messages that Meta bills, of two countries. */
function moneyOf({ n, ...own }: Pick<Hour, "tenantId" | "atMs" | "n">): Counted[] {
  const model = { intent: "order_status", model: "gpt-4o-mini" };
  const billed = (labels: Counted["labels"], n: number): Counted => ({
    ...{ ...own, metric: "billed", n },
    labels: { category: "service", billed: "true", country: "PE", ...labels },
  });
  return [
    { ...own, metric: "tokens_in", labels: model, n: n * 1_900 },
    { ...own, metric: "tokens_cached", labels: model, n: n * 600 },
    { ...own, metric: "tokens_out", labels: model, n: n * 70 },
    { ...own, metric: "tokens_discarded", labels: model, n: n * 40 },
    { ...own, metric: "discarded_nano_usd", labels: model, n: n * 60_000 },
    ...[
      billed({}, n),
      billed({ type: "further" }, Math.ceil(n / 5)),
      billed({ country: "EC" }, Math.ceil(n / 6)),
    ],
    billed({ billed: "false" }, Math.ceil(n / 3)),
    { ...own, metric: "parts", labels: { intent: "order_status", type: "first" }, n },
    { ...own, metric: "parts", labels: { intent: "order_status", type: "further" }, n: Math.ceil(n / 5) },
  ];
}

/** What messages became, and how the dependencies did. */
function serviceOf({ n, ...own }: Pick<Hour, "tenantId" | "atMs" | "n">, outage: boolean): Counted[] {
  const sent = (result: string, n: number, code?: string): Counted => ({
    ...{ ...own, metric: "sent", n },
    labels: { author: "bot", result, ...(code === undefined ? {} : { code }) },
  });
  const anomaly = (name: string, n: number): Counted => ({
    ...own,
    metric: "anomalies",
    labels: { name },
    n,
  });
  const checks = ["database", "cache", "model", "whatsapp"].map((name): Counted => {
    const result = outage && name === "model" ? "failed" : "ok";
    return { ...own, metric: "health", labels: { name, result }, ms: name === "cache" ? 2 : 40, n: 12 };
  });
  return [
    ...[sent("read", n), sent("delivered", Math.ceil(n / 4)), ...checks],
    ...(n % 9 === 0 ? [sent("failed", 1, "131047"), anomaly("redelivered", 2), anomaly("withheld", 1)] : []),
    ...(n % 13 === 0 ? [sent("failed", 1, "190"), anomaly("resumed", 1)] : []),
    ...(outage
      ? [anomaly("ambiguous", 3), { ...own, metric: "errors" as const, labels: { code: "timeout" }, n: 9 }]
      : []),
  ];
}
