import { afterAll, beforeAll, expect, test } from "vitest";
import type { AlertsView } from "../../../contracts/console/alerts.ts";
import { createAlertStore } from "../../../db/alerts.ts";
import type { Finding } from "../../../lib/types/alerts.ts";
import { demoEngine } from "../../support/postgres.ts";
import { startWorld, type World } from "../../support/world.ts";
import { makeCompany } from "../conversations.ts";
import { type Member, signedInAs } from "../member.ts";
import { count, fresh } from "./counters.ts";

const MINUTE = 60_000;
let world: World;
let viewer: Member;
beforeAll(async () => {
  world = await startWorld({ engine: demoEngine, env: { RUNBOOK_URL: "https://example.com/runbook.md" } });
  viewer = await signedInAs(world, "viewer");
});
afterAll(() => world.close());

const read = async () => (await viewer.get("/insight/alerts")).json() as Promise<AlertsView>;

test("nothing is nothing: no alert, no burn rate of no events", async () => {
  const view = await read();
  expect(view).toMatchObject({ ranMs: null, open: [], recovered: [] });
  expect(view.objectives).toHaveLength(6);
  for (const { rates, remaining } of view.objectives)
    expect([remaining, ...rates.map(({ burn }) => burn)]).toEqual(Array(8).fill(null));
  expect(view.rules.map(({ factor }) => factor)).toEqual([14, 7, 2, 1]);
});

test("lists the company's own, open and over, with the runbook's section and each budget's rates", async () => {
  const store = createAlertStore({ sql: world.sql });
  const now = Date.now();
  const found = (over: Partial<Finding>): Finding => ({
    ...{ name: "dead", rule: "dead", severity: "ticket", stage: 1, facts: { count: 2 } },
    ...{ holdMs: 0, keepMs: 0, sinceMs: null, told: false, ...over },
  });
  const strangersId = await makeCompany(world);
  await store.update(strangersId, { found: [found({})], checked: [] }, now);
  const { tenantId } = viewer;
  await store.claimRun(tenantId, { name: "watch", everyMs: MINUTE }, now);
  await store.update(tenantId, { found: [found({ facts: { count: 7 } })], checked: [] }, now - 90 * MINUTE);
  const burn = found({ name: "burn:wait:page", rule: "burn", severity: "page" });
  await store.update(
    tenantId,
    { found: [burn, found({ name: "spend:month", rule: "spend" })], checked: ["dead"] },
    now,
  );

  const own = { tenantId, metric: "wait" as const };
  await count(world, [
    { ...own, atMs: now - 2 * MINUTE, ms: 9_000, n: 10 },
    { ...own, atMs: now - 2 * MINUTE, ms: 900, n: 10 },
    { ...own, atMs: now - 20 * MINUTE, ms: 900, n: 180 },
    { ...own, tenantId: strangersId, atMs: now - 2 * MINUTE, ms: 9_000, n: 500 },
    { tenantId, metric: "received", labels: { type: "text" }, atMs: now - 20 * MINUTE, n: 4_000 },
    { tenantId, metric: "cost_nano_usd", labels: { model: "gpt" }, atMs: now - 20 * MINUTE, n: 1e9 },
  ]);
  await fresh(world, Math.floor(now / MINUTE) * MINUTE);
  const view = await read();
  // Gravest first.
  expect(view.open).toMatchObject([
    {
      name: "burn:wait:page",
      runbookUrl: "https://example.com/runbook.md#an-error-budget-burns",
      toldMs: null,
    },
    { name: "spend:month", runbookUrl: "https://example.com/runbook.md#a-budget-is-used-up" },
  ]);
  expect(view.recovered).toMatchObject([{ name: "dead", facts: { count: 7 } }]);
  expect((view.recovered[0]?.recoveredMs ?? 0) - (view.recovered[0]?.openedMs ?? 0)).toBe(90 * MINUTE);
  expect(view.ranMs).toBe(now);
  const [first] = view.objectives;
  // 10 of 20 in five minutes: 0.5 / 0.05; 10 of 200 in the hour is exactly what the budget allows, and of four weeks too.
  expect(first?.name).toBe("wait");
  const rate = (name: string) => first?.rates.find(({ window }) => window === name);
  expect(rate("5m")?.burn).toBeCloseTo(10, 6);
  expect(rate("1h")).toMatchObject({ share: { good: 190, all: 200 } });
  expect(rate("1h")?.burn).toBeCloseTo(1, 6);
  expect(first?.remaining).toBeCloseTo(0, 6);
  // $1 for 4,000 messages is half of what is promised.
  const cost = view.objectives.find(({ name }) => name === "cost");
  expect(cost?.rates.find(({ window }) => window === "1h")?.burn).toBeCloseTo(0.5, 6);
  expect(cost?.remaining).toBeCloseTo(0.5, 6);
});
