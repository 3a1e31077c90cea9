import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ConversationsView } from "../../../contracts/console/conversations.ts";
import type { Containment } from "../../../contracts/console/settings.ts";
import { createRollUp } from "../../../db/metrics.ts";
import { demoEngine } from "../../support/postgres.ts";
import { startWorld, type World } from "../../support/world.ts";
import { makeCompany } from "../conversations.ts";
import { type Member, signedInAs } from "../member.ts";
import { goOn, makePast, rollUp } from "./past.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Half past three in the afternoon in UTC, that many days ago: 10:30 in Lima. */
const daysAgo = (days: number) => Math.floor(Date.now() / DAY - days) * DAY + 15.5 * HOUR;

let world: World;
let owner: Member;
let viewer: Member;
let strangersId: string;
beforeAll(async () => {
  world = await startWorld({ engine: demoEngine });
  owner = await signedInAs(world, "owner");
  viewer = await signedInAs(world, "viewer");
  strangersId = await makeCompany(world);
  const { tenantId } = owner;
  await world.sql`update tenants set profile = profile || '{"timeZone": "America/Lima"}' where id = ${tenantId}::uuid`;
  const bot = ["customer", "bot"] as const;
  const at = daysAgo(13);
  const past = (...said: Parameters<typeof makePast>[2]) => makePast(world, tenantId, said);
  await past({ atMs: at, who: bot });
  await past({ atMs: at, who: bot, handoff: "complaint", intent: "complaint" });
  await past({ atMs: at, who: ["customer", "bot", "operator"], intent: "complaint" });
  await past({ atMs: at, who: bot, score: 2, version: 2 });
  const soon = await past({ atMs: at, who: bot });
  const late = await past({ atMs: at, who: bot, score: 5 });
  await past({ atMs: at, who: ["customer", "operator"] });
  // Closed, and back after ten hours.
  await past({ atMs: at, who: bot, closed: true }, { atMs: at + 10 * HOUR, who: bot });
  await makePast(world, strangersId, [{ atMs: at, who: bot, handoff: "fraud", score: 1 }]);
  // All have been counted once when two come back, after 40 hours and after 100.
  await rollUp(world, at + 30 * HOUR);
  await goOn(world, { tenantId, id: soon }, { atMs: at + 40 * HOUR, who: bot });
  await goOn(world, { tenantId, id: late }, { atMs: at + 100 * HOUR, who: bot, language: "pt" });
  await past({ atMs: daysAgo(3), who: bot });
  await rollUp(world);
});
afterAll(() => world.close());

const read = async (query = "range=28d"): Promise<ConversationsView> => {
  const answer = await viewer.get(`/insight/conversations?${query}`);
  expect(answer.status).toBe(200);
  return answer.json() as Promise<ConversationsView>;
};
const total = (series: readonly number[]) => series.reduce((sum, n) => sum + n, 0);

/** Twelve conversations ended; one of them, three days ago, may still go on. */
const DEFINITIONS: [words: string, definition: Containment, good: number, all: number][] = [
  [
    // Not: the handoff, the operator's, the one rated 2, the one without the bot.
    "nobody was called or wrote, and it was not rated 1 or 2",
    { withoutHandoff: true, withoutOperator: true, lowScore: 2, quietHours: null },
    8,
    12,
  ],
  [
    // Not: the one without the bot.
    "the bot answered, whatever else",
    { withoutHandoff: false, withoutOperator: false, lowScore: null, quietHours: null },
    11,
    12,
  ],
  [
    // Not: the handoff, the operator's, the one without the bot, those who came back after 10 and 40 hours.
    "not rated 1, and quiet for 48 hours",
    { withoutHandoff: true, withoutOperator: true, lowScore: 1, quietHours: 48 },
    6,
    11,
  ],
  [
    "operators may write, nobody is called, quiet for a week",
    { withoutHandoff: true, withoutOperator: false, lowScore: null, quietHours: 168 },
    // Not: the handoff, the one without the bot, those who came back after 10, 40 and 100 hours.
    6,
    11,
  ],
];

describe("containment by the company's own definition", () => {
  test.each(DEFINITIONS)("%s", async (_, definition, good, all) => {
    expect((await owner.post("/settings", { containment: definition })).status).toBe(200);
    const { containment, ended } = await read();
    expect(containment).toMatchObject({
      definition,
      share: { good, all, share: good / all },
      undecided: 12 - all,
    });
    expect(total(ended)).toBe(12);
    // Its parts add up.
    expect(total(containment.series.map((share) => share.good))).toBe(good);
    expect(total(containment.series.map((share) => share.all))).toBe(all);
    expect(total(containment.byIntent.map(({ share }) => share.good))).toBe(good);
    const complaints = containment.byIntent.find(({ name }) => name === "complaint");
    expect(complaints?.share.all).toBe(2);
  });

  test("a period in which nothing is decided has no share, and says how many are open", async () => {
    const { containment } = await read(`from=${new Date(Date.now() - 5 * DAY).toISOString()}`);
    expect(containment).toMatchObject({ share: { good: 0, all: 0, share: null }, undecided: 1 });
  });

  test("is kept by intent", async () => {
    const { containment } = await read("range=28d&intent=complaint");
    expect(containment.share.all).toBe(2);
  });
});

test("says who wrote when, what about, and how it ended", async () => {
  const view = await read();
  expect(total(view.messages)).toBe(12);
  expect(view.head.events).toBe(12);
  expect(view.hours.timeZones).toEqual(["America/Lima"]);
  expect(total(view.hours.counts.flat())).toBe(12);
  const weekday = (new Date(daysAgo(13)).getUTCDay() + 6) % 7;
  // Eight wrote at half past ten in Lima, and one of them again at half past eight in the evening.
  expect(view.hours.counts[weekday]?.[10]).toBeGreaterThanOrEqual(8);
  expect(view.hours.counts[weekday]?.[20]).toBe(1);
  expect(view.languages).toEqual([
    { name: "es", n: 10 },
    { name: "pt", n: 1 },
  ]);
  expect(total(view.people.fresh)).toBe(9);
  // Each of the three on another day, in UTC.
  expect(total(view.people.returning)).toBe(3);
  expect(view.intents).toMatchObject([
    { name: "product_question", n: 9 },
    { name: "complaint", n: 2 },
  ]);
  expect(view.handoffs).toEqual([{ name: "complaint", n: 1 }]);
  expect(view.csat.all).toMatchObject({ n: 2, average: 3.5, good: { good: 1, all: 2 } });
  expect(view.csat.byIntent).toMatchObject([{ name: "product_question", n: 2 }]);
  expect(view.csat.byVersion).toMatchObject([
    { name: "2", n: 1, average: 2 },
    { name: "1", n: 1, average: 5 },
  ]);
  expect(view.resolution.all.count).toBe(12);
  expect(view.resolution.by.map(({ name, percentiles }) => [name, percentiles.count])).toEqual([
    ["bot", 10],
    ["mixed", 1],
    ["person", 1],
  ]);
});

test("counted from scratch, everything is the same", async () => {
  const before = await read();
  await world.sql`delete from metric_counters where source = 'conversations'`;
  expect(total((await read()).ended)).toBe(0);
  await createRollUp(world).rebuild(60);
  await rollUp(world);
  expect({ ...(await read()), head: null }).toEqual({ ...before, head: null });
});
