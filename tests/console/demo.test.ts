/** The demonstration of `npm run dev`: plausible, marked, harmless, removable. */
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ConversationRow } from "../../contracts/console/inbox.ts";
import { createMetrics } from "../../db/metrics.ts";
import { loadDemoDays } from "../../fakes/demo/days/load.ts";
import { offerDemoFiles } from "../../fakes/demo/files.ts";
import { findInSearch, hasNoCustomers, loadDemoConversations } from "../../fakes/demo/load.ts";
import type { LabelName, MetricName } from "../../lib/types/metrics.ts";
import { chat } from "../../web/src/texts/en/chat.ts";
import { startWorld, WORLD, type World } from "../support/world.ts";
import { type Member, signedInAs } from "./member.ts";

let world: World;
let owner: Member;
beforeAll(async () => {
  world = await startWorld();
  expect(await hasNoCustomers(world, WORLD.phoneNumberId)).toBe(true);
  await loadDemoConversations(world, WORLD.phoneNumberId, Date.now());
  await loadDemoDays(world, WORLD.phoneNumberId, Date.now());
  await findInSearch(world);
  await offerDemoFiles(world.graph);
  owner = await signedInAs(world, "owner");
});
afterAll(() => world.close());

const rowsOf = async (list: string): Promise<ConversationRow[]> =>
  (await (await owner.get(`/conversations?list=${list}`)).json()).rows;

test("every list shows something, all of it marked", async () => {
  for (const list of ["waiting", "bot", "snoozed", "flagged", "closed", "all"]) {
    const rows = await rowsOf(list);
    expect([list, rows.length > 0, rows.every(({ demo }) => demo)]).toEqual([list, true, true]);
  }
});

test("every conversation opens, with its files", async () => {
  const kinds = new Set<string>();
  for (const { id } of await rowsOf("all")) {
    const view = await (await owner.get(`/conversations/${id}`)).json();
    // Of a dead turn there is the question alone.
    expect(view.messages.length).toBeGreaterThan(0);
    for (const { reason } of view.customer.handoffs) expect(chat.handoffReasons).toHaveProperty(reason);
    for (const { type, fileUrl } of view.messages) {
      kinds.add(type);
      if (fileUrl)
        expect((await owner.get(fileUrl.slice(fileUrl.indexOf("/conversations")))).status).toBe(200);
    }
  }
  expect([...kinds].sort()).toEqual(["audio", "document", "image", "location", "text"]);
});

test("no job writes to people who do not exist", async () => {
  await world.resume();
  await world.drain();
  expect(world.graph.sent).toEqual([]);
});

test("one alert is open and one is over", async () => {
  const { open, recovered } = await (await owner.get("/insight/alerts")).json();
  expect(open.map(({ rule }: { rule: string }) => rule)).toContain("account");
  expect(recovered.map(({ rule }: { rule: string }) => rule)).toEqual(["burn"]);
});

test("there are figures of four weeks, and some of every kind", async () => {
  await world.resume();
  await world.drain();
  const toMs = Date.now();
  const sum = async (metric: MetricName, by: LabelName[] = []) => {
    const range = { fromMs: toMs - 29 * 86_400_000, toMs, step: null, by, where: {} };
    const cells = await createMetrics(world).read({ tenantId: null, metric, ...range });
    return cells.reduce((total, { n }) => total + n, 0);
  };
  expect(await sum("turns")).toBeGreaterThan(300);
  const figures: MetricName[] = [
    "webhook",
    "intent",
    "reply",
    "wait",
    "stage",
    "tool",
    "tokens_in",
    "cost_nano_usd",
    "errors",
  ];
  const more: MetricName[] = [
    "received",
    "answered",
    "sent",
    "billed",
    "parts",
    "people",
    "handoffs",
    "first_response",
    "csat",
    "conversations",
    "resolution",
  ];
  for (const metric of [...figures, ...more])
    expect([metric, (await sum(metric)) > 0]).toEqual([metric, true]);
  expect(await sum("answered")).toBe(await sum("received"));
});

test("it is gone at once, and does not come again", async () => {
  const { demo } = await (await owner.get("/start")).json();
  expect(await (await owner.post("/demo/remove", {})).json()).toEqual({ removed: demo });
  expect(await rowsOf("all")).toEqual([]);
  await world.resume();
  await world.drain();
  expect(await world.sql`select metric from metric_counters`).toEqual([]);
  expect(await world.sql`select name from alerts where name like '%:demo'`).toEqual([]);
  const people = await world.sql<{ email: string }>`
    select o.email from memberships m join operators o on o.id = m.operator_id`;
  expect(people.filter(({ email }) => email.endsWith(".invalid"))).toEqual([]);
  expect(await hasNoCustomers(world, WORLD.phoneNumberId)).toBe(false);
});
