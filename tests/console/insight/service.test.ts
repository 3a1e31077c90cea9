import { afterAll, beforeAll, expect, test } from "vitest";
import type { ServiceView } from "../../../contracts/console/insight.ts";
import { demoEngine } from "../../support/postgres.ts";
import { startWorld, type World } from "../../support/world.ts";
import { makeCompany, makeConversation } from "../conversations.ts";
import { type Member, signedInAs } from "../member.ts";
import { type Counted, count } from "./counters.ts";

let world: World;
let viewer: Member;
let strangersId: string;
beforeAll(async () => {
  world = await startWorld({ engine: demoEngine });
  viewer = await signedInAs(world, "viewer");
  strangersId = await makeCompany(world);
});
afterAll(() => world.close());

const read = async (): Promise<ServiceView> =>
  (await viewer.get("/insight/service?range=24h")).json() as Promise<ServiceView>;

test("nothing is nothing: known names with zeros, no share of no checks", async () => {
  const view = await read();
  expect(view.queue).toEqual({
    ...{ waiting: 0, waitingSince: null, unread: 0, unreadSince: null },
    ...{ stranded: 0, withPerson: 0, dead: 0 },
  });
  expect(view.anomalies.map(({ name }) => name)).toContain("redelivered");
  expect(view.health).toMatchObject([
    { name: "database", checks: { all: 0, share: null } },
    { name: "cache" },
    { name: "model" },
    { name: "whatsapp" },
  ]);
});

test("says failures by code with what to do, and what the dependencies did", async () => {
  const own = { tenantId: viewer.tenantId, atMs: Date.now() };
  const sent = (result: string, n: number, code?: string): Counted => ({
    ...{ ...own, metric: "sent", n },
    labels: { author: "bot", result, ...(code ? { code } : {}) },
  });
  await count(world, [
    ...[sent("read", 90), sent("failed", 2, "131047"), sent("failed", 5, "999999"), sent("failed", 1)],
    { ...sent("failed", 77, "190"), tenantId: strangersId },
    { ...own, metric: "anomalies", labels: { name: "redelivered" }, n: 3 },
    { ...own, metric: "anomalies", labels: { name: "of a later release" }, n: 1 },
    { ...own, metric: "errors", labels: { code: "respond:timeout" }, n: 4 },
    { ...own, metric: "health", labels: { name: "model", result: "ok" }, ms: 80, n: 9 },
    { ...own, metric: "health", labels: { name: "model", result: "failed" }, ms: 2_000, n: 1 },
  ]);
  const view = await read();
  expect(view.failures).toMatchObject([
    { code: "999999", n: 5, meaning: null, advice: expect.stringContaining("not in Chasqui's table") },
    { code: "131047", n: 2, decision: "needs_template", meaning: "the 24-hour window is closed" },
    { code: "", n: 1, decision: null, meaning: null, advice: null },
  ]);
  expect(view.sent).toEqual([
    { state: "read", n: 90 },
    { state: "failed", n: 8 },
  ]);
  const anomaly = (name: string) => view.anomalies.find((each) => each.name === name);
  expect(anomaly("redelivered")?.n).toBe(3);
  expect(anomaly("redelivered")?.series.reduce((sum, n) => sum + n, 0)).toBe(3);
  expect(anomaly("of a later release")?.n).toBe(1);
  expect(view.errors).toEqual([{ code: "respond:timeout", n: 4 }]);
  const model = view.health.find(({ name }) => name === "model");
  // Failed checks take as long as the limit: they are no latency.
  expect(model).toMatchObject({ checks: { good: 9, all: 10, share: 0.9 }, percentiles: { count: 9 } });
  expect(model?.series.at(-1)).toBe(0.9);
});

test("counts who waits now, of this company alone", async () => {
  const make = async (tenantId: string, minutes: number): Promise<void> => {
    const id = await makeConversation(world, { tenantId });
    await world.sql`
      update conversations set received_seq = 1, unread_since = clock_timestamp() - ${minutes} * interval '1 minute'
        where id = ${id}::uuid`;
  };
  await make(viewer.tenantId, 1);
  await make(viewer.tenantId, 5);
  await make(strangersId, 60);
  const waiting = await makeConversation(world, { tenantId: viewer.tenantId, state: { status: "human" } });
  await world.sql`
    insert into handoffs (tenant_id, conversation_id, reason, summary, opened_at)
      values (${viewer.tenantId}::uuid, ${waiting}::uuid, 'complaint', '', clock_timestamp() - interval '9 minutes')`;
  const { queue } = await read();
  expect(queue).toMatchObject({ waiting: 1, withPerson: 1, unread: 2, stranded: 1, dead: 0 });
  expect(Date.now() - (queue.unreadSince ?? 0)).toBeGreaterThan(4 * 60_000);
  expect(Date.now() - (queue.unreadSince ?? 0)).toBeLessThan(30 * 60_000);
  expect(queue.waitingSince).toBeLessThan(Date.now() - 8 * 60_000);
});
