import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type {
  ObjectiveGroup,
  ObjectiveName,
  TargetsView,
  TargetView,
  WorstTurns,
} from "../../../contracts/console/insight.ts";
import { demoEngine } from "../../support/postgres.ts";
import { startWorld, type World } from "../../support/world.ts";
import { makeCompany, makeConversation } from "../conversations.ts";
import { type Member, signedInAs } from "../member.ts";
import { type Counted, count, fresh } from "./counters.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = Date.now();
/** In the middle of an hour, so that no test runs over its edge. */
const HOURS_AGO = (hours: number) => Math.floor((NOW - hours * HOUR) / HOUR) * HOUR + HOUR / 2;
const OWN_MODEL = { intent: "complaint", model: "own-model" };

let world: World;
let viewer: Member;
let strangersId: string;
let secondId: string;
beforeAll(async () => {
  world = await startWorld({ engine: demoEngine });
  viewer = await signedInAs(world, "viewer");
  strangersId = await makeCompany(world);
  secondId = await makeCompany(world);
  await world.sql`
    insert into memberships (tenant_id, operator_id, role)
      values (${secondId}::uuid, ${viewer.operatorId}::uuid, 'viewer')`;
  await fresh(world, NOW);
  await count(world, events());
});
afterAll(() => world.close());

/** A quiet hour of slow replies and a busy one of quick ones, another number, and a stranger's. */
function events(): Counted[] {
  const own = { tenantId: viewer.tenantId };
  const wait = (over: Partial<Counted>): Counted => ({
    ...{
      ...own,
      metric: "wait",
      atMs: HOURS_AGO(2),
      labels: { intent: "greeting", model: "gpt", rung: "full" },
    },
    ...over,
  });
  return [
    wait({ ms: 1_000, n: 990 }),
    wait({
      atMs: HOURS_AGO(5),
      ms: 9_000,
      n: 10,
      labels: { intent: "complaint", model: "gpt", rung: "full" },
    }),
    // Before the range of a day, within the month.
    wait({ atMs: NOW - 10 * DAY, ms: 9_000, n: 30 }),
    // Before the month.
    wait({ atMs: NOW - 40 * DAY, ms: 9_000, n: 5_000 }),
    wait({ tenantId: strangersId, ms: 60_000, n: 7_000 }),
    wait({ tenantId: secondId, ms: 20_000, n: 1_000 }),
    { ...own, metric: "received", atMs: HOURS_AGO(2), labels: { type: "text" }, n: 1_000 },
    { ...own, metric: "answered", atMs: HOURS_AGO(2), labels: { result: "bot" }, n: 980 },
    { ...own, metric: "answered", atMs: HOURS_AGO(2), labels: { result: "person" }, n: 15 },
    { ...own, metric: "answered", atMs: HOURS_AGO(2), labels: { result: "dead" }, n: 5 },
    { ...own, metric: "turns", atMs: HOURS_AGO(2), labels: { intent: "greeting", model: "gpt" }, n: 500 },
    {
      ...own,
      metric: "turns",
      atMs: HOURS_AGO(2),
      labels: { intent: "complaint", model: "own-model" },
      n: 100,
    },
    {
      ...own,
      metric: "cost_nano_usd",
      atMs: HOURS_AGO(2),
      labels: { intent: "greeting", model: "gpt" },
      n: 0.3e9,
    },
    ...[
      { metric: "unpriced" as const, labels: { intent: "complaint", model: "own-model" }, n: 100 },
      { metric: "model_turns" as const, labels: { ...OWN_MODEL, result: "unpriced" }, n: 100 },
      {
        metric: "model_turns" as const,
        labels: { intent: "greeting", model: "gpt", result: "priced" },
        n: 500,
      },
      // Sorted by it, answered by the other one.
      {
        metric: "model_turns" as const,
        labels: { intent: "complaint", model: "gpt", result: "priced" },
        n: 100,
      },
    ].map((each) => ({ ...own, atMs: HOURS_AGO(2), ...each })),
    { ...own, metric: "stage", atMs: HOURS_AGO(2), labels: { stage: "respond" }, ms: 700, n: 600 },
    { ...own, metric: "stage", atMs: HOURS_AGO(2), labels: { stage: "claim" }, ms: 4, n: 600 },
  ];
}

const read = async <T>(path: string): Promise<T> => {
  const answer = await viewer.get(`/insight/${path}`);
  expect(answer.status).toBe(200);
  return answer.json() as Promise<T>;
};
const targets = (query = "") => read<TargetsView>(`targets?range=24h${query}`);
const objective = async (name: ObjectiveName, query = "") =>
  (await targets(query)).objectives.find((each) => each.name === name);
/** Within the 1 % of a bucket. */
const about = (ms: number) => expect.closeTo(ms, -Math.log10(ms / 50));

describe("the page of targets", () => {
  test("merges percentiles over slots instead of averaging them", async () => {
    const wait = await objective("wait");
    expect(wait?.range.share).toEqual({ good: 990, all: 1_000, share: 0.99 });
    // The average of the two hours' medians would be five seconds.
    expect(wait?.range.percentiles).toMatchObject({ count: 1_000, p50: about(1_000), p99: about(1_000) });
    const trend = wait?.trend.filter((p95) => p95 !== null);
    expect(trend).toEqual([about(9_000), about(1_000)]);
  });

  test("spends the error budget over 28 days, whatever the range", async () => {
    const wait = await objective("wait");
    expect(wait?.month.share).toEqual({ good: 990, all: 1_030, share: 990 / 1_030 });
    // 5 % of 1,030 may be slow; 40 were.
    expect(wait?.remaining).toBeCloseTo(1 - 40 / 51.5);
    const lastHour = await read<TargetsView>("targets?range=1h");
    expect(lastHour.objectives.find(({ name }) => name === "wait")).toMatchObject({
      range: { share: { good: 0, all: 0, share: null }, percentiles: { count: 0, p50: null, p95: null } },
      remaining: wait?.remaining,
    });
  });

  test("sorts by the budget that is left, and puts what has no events last", async () => {
    const { objectives } = await targets();
    expect(objectives.map(({ name }) => name)).toEqual([
      "availability",
      "wait",
      "cost",
      "webhook",
      "intent",
      "reply",
    ]);
    expect(objectives[0]?.remaining).toBeCloseTo(-4);
    expect(objectives.at(-1)?.remaining).toBeNull();
  });

  test("counts a person's answer as one, and a dead letter as none", async () => {
    expect((await objective("availability"))?.range.share).toEqual({ good: 995, all: 1_000, share: 0.995 });
  });

  test("says the cost of 1,000 messages, and how many had no price", async () => {
    const cost = await objective("cost");
    expect(cost).toMatchObject({ per: "messages", range: { usd: 0.3, unpriced: 100 } });
    expect(cost?.remaining).toBeCloseTo(0.4);
    const own = await objective("cost", "&model=own-model");
    expect(own).toMatchObject({ per: "turns", range: { usd: null, unpriced: 100 }, remaining: null });
  });

  test("filters what is kept by a label, and says so of what is not", async () => {
    const { objectives } = await targets("&intent=complaint");
    const by = Object.fromEntries(objectives.map((each) => [each.name, each]));
    expect(by.wait).toMatchObject({ filtered: true, range: { share: { good: 0, all: 10 } } });
    expect(by.availability).toMatchObject({ filtered: false, range: { share: { all: 1_000 } } });
  });

  test("adds all numbers of the operator, and nobody else's", async () => {
    expect((await objective("wait", "&number=all"))?.range.share.all).toBe(2_000);
    const view = await read<TargetView>("targets/wait?range=24h&number=all");
    expect(groupOf(view, "number")?.map(({ measure }) => measure.share.all)).toEqual([1_000, 1_000]);
  });

  test("goes stage by stage in the order of a turn", async () => {
    const { stages, received, slots, head } = await targets();
    expect(stages).toMatchObject([
      { name: "claim", percentiles: { p50: about(4) } },
      { name: "respond", percentiles: { p95: about(700) } },
    ]);
    expect(received).toHaveLength(slots.length);
    expect(head).toMatchObject({ events: 1_000, freshMs: expect.closeTo(NOW, -1) });
  });
});

const groupOf = ({ groups }: TargetView, by: ObjectiveGroup["by"]) =>
  groups.find((group) => group.by === by)?.rows;

describe("one objective", () => {
  test("is shown by slot and by what its figures are kept by", async () => {
    const view = await read<TargetView>("targets/wait?range=24h");
    expect(view.series).toHaveLength(view.slots.length);
    expect(view.series.reduce((sum, { share }) => sum + share.all, 0)).toBe(1_000);
    expect(groupOf(view, "intent")).toMatchObject([
      { name: "greeting", measure: { share: { good: 990, all: 990 } } },
      { name: "complaint", measure: { share: { good: 0, all: 10 } } },
    ]);
    expect(groupOf(view, "number")).toBeUndefined();
  });

  test("splits the cost by turns, and has no price for a model without one", async () => {
    const view = await read<TargetView>("targets/cost?range=24h");
    expect(groupOf(view, "model")).toMatchObject([
      // $0.30 for the 600 turns that called it.
      { name: "gpt", measure: { usd: 0.5, unpriced: 0 } },
      { name: "own-model", measure: { usd: null, unpriced: 100 } },
    ]);
    expect(groupOf(view, "intent")).toMatchObject([
      { name: "greeting", measure: { usd: 0.6, unpriced: 0 } },
      { name: "complaint", measure: { usd: null, unpriced: 100 } },
    ]);
    expect(groupOf(view, "rung")).toBeUndefined();
  });

  test("does not exist by another name", async () => {
    expect((await viewer.get("/insight/targets/speed")).status).toBe(404);
  });

  test("refuses a range that cannot be read, and says why", async () => {
    const answer = await viewer.get("/insight/targets/wait?from=2026-11-02T00:00Z&to=2026-11-01T00:00Z");
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({
      error: { code: "range", message: expect.stringContaining("before to") },
    });
  });
});

describe("the worst turns behind a figure", () => {
  const turnAt = async (
    atMs: number,
    over: { waitMs: number; state?: string; costUsd?: number; intent?: string; models?: string[] },
  ) => {
    const conversation = await makeConversation(world, { tenantId: viewer.tenantId });
    const [row] = await world.sql<{ id: string }>`
      insert into turns (id, tenant_id, conversation_id, epoch, through_seq, state, intent, reply_model, models, rung, stages_ms, cost_usd, started_at, ended_at)
        values (gen_random_uuid(), ${viewer.tenantId}::uuid, ${conversation}::uuid, 1, 1, ${over.state ?? "answered"}, ${over.intent ?? "greeting"},
          'gpt', ${over.models ? JSON.stringify(over.models.map((model) => ({ model }))) : null}::jsonb, 'full', jsonb_build_object('wait', ${over.waitMs}::float8), ${over.costUsd ?? null}::numeric,
          to_timestamp(${atMs / 1000}::float8), to_timestamp(${atMs / 1000 + 9}::float8)) returning id`;
    return row?.id ?? "";
  };
  const worst = async (path: string) => (await read<WorstTurns>(path)).turns.map(({ turnId }) => turnId);

  test("are the slowest, of the whole period or of one point, within the filters", async () => {
    // Where the counters have their events.
    const [slow, quick] = [HOURS_AGO(5), HOURS_AGO(2)];
    const slowest = await turnAt(slow, { waitMs: 9_000, intent: "complaint" });
    const first = await turnAt(quick, { waitMs: 1_000 });
    expect(await worst("targets/wait/worst?range=24h")).toEqual([slowest, first]);
    expect(await worst(`targets/wait/worst?range=24h&at=${quick - HOUR / 2}`)).toEqual([first]);
    expect(await worst("targets/wait/worst?range=24h&intent=complaint")).toEqual([slowest]);
    expect(await worst("targets/wait/worst?range=24h&intent=order_status")).toEqual([]);
  });

  test("are the dearest for the cost, and the given up for the availability", async () => {
    const dear = await turnAt(HOURS_AGO(2), { waitMs: 1, costUsd: 0.002 });
    const cheap = await turnAt(HOURS_AGO(2), { waitMs: 2, costUsd: 0.0001 });
    expect((await worst("targets/cost/worst?range=24h")).slice(0, 2)).toEqual([dear, cheap]);
    // Of a model: the turns that called it, whichever wrote the reply.
    const mixed = await turnAt(HOURS_AGO(2), { waitMs: 1, costUsd: 0.001, models: ["small", "gpt"] });
    await count(world, [
      {
        ...{ tenantId: viewer.tenantId, metric: "cost_nano_usd", atMs: HOURS_AGO(2) },
        labels: { intent: "greeting", model: "small" },
      },
    ]);
    expect(await worst("targets/cost/worst?range=24h&model=small")).toEqual([mixed]);
    expect((await worst("targets/cost/worst?range=24h&model=gpt")).slice(0, 3)).toEqual([dear, mixed, cheap]);
    const dead = await turnAt(HOURS_AGO(2), { waitMs: 3, state: "dead" });
    await count(world, [
      {
        tenantId: viewer.tenantId,
        metric: "turns",
        atMs: HOURS_AGO(2),
        labels: { intent: "greeting", result: "dead" },
      },
    ]);
    expect(await worst("targets/availability/worst?range=24h")).toEqual([dead]);
  });

  test("are asked for at a point of the period only", async () => {
    for (const at of ["0", "1e99", "never"])
      expect((await viewer.get(`/insight/targets/wait/worst?range=24h&at=${at}`)).status).toBe(400);
  });
});
