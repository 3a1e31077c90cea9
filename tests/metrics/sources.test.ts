import { beforeAll, expect, test } from "vitest";
import { createMetrics, createRollUp } from "../../db/metrics.ts";
import { METRICS } from "../../lib/insight/catalogue.ts";
import { bucketOf, durationOf } from "../../lib/insight/histogram.ts";
import type { Cell, LabelName, MetricName } from "../../lib/types/metrics.ts";
import { describeFilledStore } from "../store/describe-store.ts";
import { createConversation, insertTurns, type TurnRow } from "./turns.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** Ten in the morning, three days ago. */
const T = Math.floor(Date.now() / DAY_MS) * DAY_MS - 3 * DAY_MS + 10 * 60 * MINUTE_MS;

const TURN: TurnRow = {
  ...{ id: crypto.randomUUID(), startedMs: T, endedMs: T + 2_100, state: "answered", intent: "order_status" },
  ...{ intentModel: "small", replyModel: "large", rung: "full", language: "es", decidedBy: "model" },
  ...{ inputTokens: 100, cachedTokens: 60, outputTokens: 20, costUsd: 0.002, errors: ["respond:timeout"] },
  stagesMs: { ack: 12, classify: 300, respond: 1_200, wait: 2_000 },
};
const turn = (over: Partial<TurnRow>): TurnRow => ({
  ...TURN,
  ...{
    id: crypto.randomUUID(),
    errors: [],
    stagesMs: {},
    inputTokens: 0,
    cachedTokens: 0,
    outputTokens: 0,
    costUsd: null,
  },
  ...over,
});
const GIVEN_UP = turn({ startedMs: T + MINUTE_MS, state: "replayed", rung: "none", replyModel: null });
const BY_OPERATOR = turn({ startedMs: T + 4 * MINUTE_MS, rung: "operator", intent: null });
const QUIET = turn({ startedMs: T, rung: "quiet", intent: null, intentModel: null, replyModel: null });
const UNPRICED = turn({ startedMs: T + 2 * MINUTE_MS, version: 7, replyModel: "own", intent: "returns" });

const MIXED = turn({
  ...{ startedMs: T + MINUTE_MS, version: 7, intent: "hours", replyModel: "own" },
  ...{ inputTokens: 70, cachedTokens: 4, outputTokens: 9 },
  models: [
    { model: "small", inputTokens: 20, cachedTokens: 4, outputTokens: 3, costUsd: 0.0005 },
    { model: "own", inputTokens: 50, cachedTokens: 0, outputTokens: 6, costUsd: null },
    { model: "other", inputTokens: 0, cachedTokens: 0, outputTokens: 0, costUsd: null },
  ],
});

interface Message {
  atMs: number;
  author?: string;
  type?: string;
  state?: string;
  turn?: TurnRow;
  code?: string;
  pricing?: object;
}

describeFilledStore("what is counted of each row", (db) => {
  let ana: Awaited<ReturnType<typeof createConversation>>;
  let unanswered: typeof ana;
  let seq = 0;
  const messages = async (of: typeof ana, rows: readonly Message[]) => {
    const full = rows.map(({ atMs, author = "customer", turn: own, ...rest }) => ({
      ...{
        type: "text",
        state: author === "customer" ? "received" : "sent",
        pricing: null,
        code: null,
        ...rest,
      },
      ...{ atMs, author, turn: own?.id ?? null, seq: author === "customer" ? ++seq : null },
    }));
    await db.sql`
      insert into messages (tenant_id, conversation_id, direction, author, wa_message_id, seq, state, type, turn_id, meta_codes, pricing, sent_at, created_at)
        select ${of.tenantId}::uuid, ${of.conversationId}::uuid, case author when 'customer' then 'in' else 'out' end, author,
               'wamid.' || gen_random_uuid(), seq, state, type, turn, case when code is null then '[]' else jsonb_build_array(code) end, pricing,
               to_timestamp("atMs" / 1000.0), to_timestamp("atMs" / 1000.0)
          from jsonb_to_recordset(${JSON.stringify(full)}::jsonb) as x (author text, seq bigint, state text, type text, turn uuid, code text,
               pricing jsonb, "atMs" float8)`;
  };
  async function rollUpAt(nowMs: number): Promise<void> {
    while ((await createRollUp(db).step(100, nowMs)) !== "done");
  }
  const read = (
    metric: MetricName,
    by: readonly LabelName[] = METRICS[metric].labels,
    { tenantId } = ana,
  ): Promise<Cell[]> =>
    createMetrics(db).read({
      ...{ tenantId: [tenantId], metric, by, where: {}, step: null },
      ...{ fromMs: T - DAY_MS, toMs: T + 2 * DAY_MS },
    });
  /** Counts as `value value`: n, in the order of the labels' names. */
  const counts = async (metric: MetricName, by?: readonly LabelName[]) =>
    Object.fromEntries((await read(metric, by)).map((cell) => [wordsOf(cell.labels), cell.n]));
  /** Durations likewise, with the bucket of each. */
  const buckets = async (metric: MetricName) =>
    Object.fromEntries((await read(metric)).map((cell) => [wordsOf(cell.labels), cell.bucket]));

  beforeAll(async () => {
    ana = await createConversation(db, "1");
    const bot = await createConversation(db, "1");
    const waits = await createConversation(db, "1");
    await db.sql`update customers set phone = '51987654321', created_at = to_timestamp(${T / 1000 - 9e5}::float8) where id = ${ana.customerId}::uuid`;
    await insertTurns(db, ana, [TURN, GIVEN_UP, BY_OPERATOR, UNPRICED, MIXED]);
    await insertTurns(db, bot, [QUIET]);
    await db.sql`insert into tool_calls (turn_id, idempotency_key, name, ms, failed)
      values (${TURN.id}::uuid, '1', 'lookup', 35, false), (${TURN.id}::uuid, '2', 'lookup', 900, true)`;
    const pricing = { type: "regular", billable: true, category: "service" };
    await messages(ana, [
      { atMs: T, turn: TURN },
      { atMs: T + 2_000, author: "bot", state: "read", turn: TURN, pricing },
      // A reply's parts may lie in two minutes.
      { atMs: T + 62_500, author: "bot", state: "failed", turn: TURN, code: "131047" },
      { atMs: T + 3_000, author: "bot", state: "withheld", turn: TURN },
      { atMs: T + MINUTE_MS, type: "image", state: "dead", turn: GIVEN_UP },
      { atMs: T + 3 * MINUTE_MS },
      { atMs: T + 4 * MINUTE_MS, author: "operator", state: "delivered", turn: BY_OPERATOR },
    ]);
    await messages(bot, [{ atMs: T, turn: QUIET }]);
    await messages(waits, [{ atMs: T + 5 * MINUTE_MS }]);
    unanswered = await createConversation(db, "2");
    await messages(unanswered, [{ atMs: T + 5 * MINUTE_MS }]);
    await db.sql`
      insert into handoffs (tenant_id, conversation_id, reason, summary, opened_at, due_at, taken_at)
        select ${ana.tenantId}::uuid, id, reason, '', opened, opened + interval '30 minutes', opened + taken
          from (values (${ana.conversationId}::uuid, 'asked', to_timestamp(${T / 1000 + 150}::float8), interval '90 seconds'),
                       (${waits.conversationId}::uuid, 'complaint', to_timestamp(${T / 1000 + 270}::float8), null)) h (id, reason, opened, taken)`;
    await db.sql`
      insert into csat (tenant_id, conversation_id, customer_id, served_by, intent, cause, score, created_at)
        values (${ana.tenantId}::uuid, ${ana.conversationId}::uuid, ${ana.customerId}::uuid, 'mixed', 'order_status', 'closed', 5,
                to_timestamp(${T / 1000 + 3_600}::float8))`;
    await db.sql`insert into counters (tenant_id, day, name, value)
      values (${ana.tenantId}::uuid, (to_timestamp(${T / 1000}::float8) at time zone 'UTC')::date, 'resent', 4)`;
  });

  test("a message without an answer is missed after two minutes, not while the bot may be at it", async () => {
    const fates = async () =>
      (await read("answered", ["result"], unanswered)).map(({ labels, n }) => [labels.result, n]);
    await rollUpAt(T + 6 * MINUTE_MS + 30_000);
    expect(await fates()).toEqual([["waiting", 1]]);
    await rollUpAt(T + 8 * MINUTE_MS);
    expect(await fates()).toEqual([["none", 1]]);
  });

  test("who waits for a person is neither answered nor missed until the time is over", async () => {
    await rollUpAt(T + 15 * MINUTE_MS);
    expect(await counts("answered")).toEqual({ bot: 1, dead: 1, person: 1, quiet: 1, waiting: 1 });
    await rollUpAt(T + 8 * DAY_MS);
    expect(await counts("answered")).toEqual({ bot: 1, dead: 1, person: 1, quiet: 1, none: 1 });
    expect(await counts("received")).toEqual({ text: 4, image: 1 });
  });

  test("turns by what they were, and nothing of those that operators make", async () => {
    expect(await counts("turns")).toEqual({
      "model order_status es large answered full": 1,
      "model order_status es dead none": 1,
      "model returns es own answered full 7": 1,
      "model hours es own answered full 7": 1,
      "model es answered quiet": 1,
    });
    expect(await counts("turns", [])).toEqual({ "": 5 });
    expect(await counts("errors")).toEqual({ "respond:timeout": 1 });
  });

  test("tokens and cost with the model that was called, and with that of the reply where only sums were kept", async () => {
    const read = { "order_status large": 100, "hours small": 20, "hours own": 50 };
    expect(await counts("tokens_in")).toEqual(read);
    expect(await counts("tokens_cached")).toEqual({ "order_status large": 60, "hours small": 4 });
    expect(await counts("tokens_out")).toEqual({
      "order_status large": 20,
      "hours small": 3,
      "hours own": 6,
    });
    expect(await counts("cost_nano_usd")).toEqual({
      "order_status large": 2_000_000,
      "hours small 7": 500_000,
    });
    // A turn is one without a price, whichever of its models have none.
    expect(await counts("unpriced")).toEqual({ "returns own": 1, "order_status small": 1, "hours other": 1 });
    expect(await counts("model_turns")).toEqual({
      ...{ "order_status large priced": 1, "order_status small unpriced": 1, "returns own unpriced": 1 },
      ...{ "hours small priced": 1, "hours own unpriced": 1, "hours other unpriced": 1 },
    });
  });

  test("durations in their buckets", async () => {
    expect(await buckets("webhook")).toEqual({ "": bucketOf(12) });
    expect(await buckets("intent")).toEqual({ "order_status small full": bucketOf(300) });
    expect(await buckets("reply")).toEqual({ "order_status large full": bucketOf(1_200) });
    expect(await buckets("wait")).toEqual({ "order_status large full": bucketOf(2_000) });
    expect(await buckets("stage")).toEqual({ classify: bucketOf(300), respond: bucketOf(1_200) });
    expect(await buckets("tool")).toEqual({ "ok lookup": bucketOf(35), "failed lookup": bucketOf(900) });
    expect(await buckets("first_response")).toEqual({ "": bucketOf(90_000) });
  });

  test("messages by their last state, their price, and the people behind them", async () => {
    expect(await counts("sent")).toEqual({ "bot read": 1, "bot 131047 failed": 1, "operator delivered": 1 });
    expect(await counts("billed")).toEqual({ "true service PE": 1 });
    expect(await counts("parts")).toEqual({ "order_status first": 1, "order_status further": 1 });
    expect(await counts("people")).toEqual({ returning: 1, new: 2 });
  });

  test("handoffs, ratings, ended conversations and anomalies", async () => {
    expect(await counts("handoffs")).toEqual({ asked: 1, complaint: 1 });
    expect(await counts("csat")).toEqual({ "order_status 5 mixed 7": 1 });
    expect(await counts("conversations", ["served_by"])).toEqual({ mixed: 1, nobody: 2 });
    expect(await counts("resolution")).toEqual({ mixed: 1, nobody: 2 });
    expect(await counts("anomalies")).toEqual({ resent: 4 });
    // Counted again, the difference is nothing.
    await createRollUp(db).rebuild(30);
    await rollUpAt(T + 9 * DAY_MS);
    expect(await counts("anomalies")).toEqual({ resent: 4 });
  });

  test("buckets of the database are those of the pages, at each bound and around it", async () => {
    const rows = await db.sql<{ ms: number; bucket: number; middle: number }>`
      select ms, metric_bucket(ms)::int as bucket, metric_duration(metric_bucket(ms)) as middle
        from unnest(metric_bounds()) bound, lateral (values (-bound), (-bound * 1.000001), (-bound * 0.999999)) x (ms)`;
    expect(rows.length).toBeGreaterThan(3_000);
    for (const { ms, bucket, middle } of rows) {
      expect([ms, bucketOf(ms)]).toEqual([ms, bucket]);
      expect(durationOf(bucket) / middle).toBeCloseTo(1, 9);
    }
  });
});

const wordsOf = (labels: Cell["labels"]): string =>
  Object.entries(labels)
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([, value]) => value)
    .join(" ");
