import { afterAll, beforeAll, expect, test } from "vitest";
import type { ConversationPage, Counts, ListName } from "../../contracts/console/inbox.ts";
import { startWorld, type World } from "../support/world.ts";
import { makeCompany, makeConversation } from "./conversations.ts";
import { type Member, signedInAs } from "./member.ts";

let world: World;
let agent: Member;
beforeAll(async () => {
  world = await startWorld();
  agent = await signedInAs(world, "agent", "Rosa");
});
afterAll(() => world.close());

const page = async (query: string, member = agent): Promise<ConversationPage> =>
  (await member.get(`/conversations?${query}`)).json() as Promise<ConversationPage>;
const names = async (list: ListName, member = agent) =>
  (await page(`list=${list}`, member)).rows.map(({ name }) => name);

const make = (name: string, state: Record<string, string | null> = {}) =>
  makeConversation(world, { name, state, tenantId: agent.tenantId });
const handOff = (id: string, openedAt: string, takenAt: string | null = null) => world.sql`
  insert into handoffs (tenant_id, conversation_id, reason, summary, opened_at, taken_at)
    values (${agent.tenantId}::uuid, ${id}::uuid, 'customer_request', 'Wants a person.', ${openedAt}::timestamptz, ${takenAt}::timestamptz)`;
const minutes = (count: number) => new Date(Date.now() + count * 60_000).toISOString();

test("each list holds its own conversations, in its order, and a snoozed one is hidden until it wakes", async () => {
  await make("with the bot", { last_at: minutes(-1) });
  await make("closed", { closed_at: minutes(-5), last_at: minutes(-2) });
  await make("mine", { status: "human", assignee_id: agent.operatorId, last_at: minutes(-3) });
  const late = await make("waits 5", { status: "human", last_at: minutes(-4) });
  await handOff(late, minutes(-5));
  const early = await make("waits 9", { status: "human", last_at: minutes(-5) });
  await handOff(early, minutes(-9));
  const taken = await make("taken", { status: "human", last_at: minutes(-6) });
  await handOff(taken, minutes(-20), minutes(-19));
  await make("other app, flagged", { status: "other_app", flagged_at: minutes(-1), last_at: minutes(-7) });
  await make("snoozed", {
    status: "human",
    assignee_id: agent.operatorId,
    snoozed_until: minutes(5),
    last_at: minutes(-8),
  });
  await make("awake", { assignee_id: agent.operatorId, snoozed_until: minutes(-1), last_at: minutes(-9) });

  expect(await names("waiting")).toEqual(["waits 9", "waits 5"]);
  expect(await names("mine")).toEqual(["mine", "awake"]);
  expect(await names("bot")).toEqual(["with the bot", "awake"]);
  expect(await names("snoozed")).toEqual(["snoozed"]);
  expect(await names("flagged")).toEqual(["other app, flagged"]);
  expect(await names("closed")).toEqual(["closed"]);
  const all = [
    "with the bot",
    "closed",
    "mine",
    "waits 5",
    "waits 9",
    "taken",
    "other app, flagged",
    "awake",
  ];
  expect(await names("all")).toEqual(all);
  const counts = (await (await agent.get("/counts")).json()) as Counts;
  expect(counts).toMatchObject({ waiting: 2, mine: 2, snoozed: 1, flagged: 1 });
  expect(Math.round((Date.now() - (counts.longestSince ?? 0)) / 60_000)).toBe(9);
});

test("pages leave nothing out and show nothing twice, while other conversations move to the top", async () => {
  const still = await Promise.all(
    Array.from({ length: 120 }, (_, i) =>
      make(`still ${i}`, { closed_at: minutes(-1), last_at: minutes(-100 - (i >> 2)) }),
    ),
  );
  const moving = await make("moving", { closed_at: minutes(-1), last_at: minutes(-125) });
  const seen: string[] = [];
  for (let after: string | null = ""; after !== null; ) {
    const { rows, next } = await page(`list=closed&after=${after}`);
    seen.push(...rows.map(({ id }) => id));
    after = next;
    await world.sql`update conversations set last_at = clock_timestamp() where id = ${moving}::uuid`;
  }
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen).toEqual(expect.arrayContaining(still));
  expect(seen).not.toContain(moving);
  expect((await page("list=closed")).rows[0]?.id).toBe(moving);
});

test("the queue goes on behind its cursor too", async () => {
  const ids = await Promise.all(
    Array.from({ length: 60 }, (_, i) => make(`queue ${i}`, { status: "human" })),
  );
  for (const id of ids) await handOff(id, minutes(-3));
  const first = await page("list=waiting");
  const second = await page(`list=waiting&after=${first.next}`);
  const seen = [...first.rows, ...second.rows].map(({ id }) => id);
  expect(seen).toHaveLength(62);
  expect(seen).toEqual(expect.arrayContaining(ids));
  expect(second.next).toBeNull();
});

test("a tag narrows each list", async () => {
  const bot = await make("tagged");
  const closed = await make("tagged, closed", { closed_at: minutes(-1) });
  for (const id of [bot, closed])
    await world.sql`insert into conversation_tags values (${agent.tenantId}::uuid, ${id}::uuid, 'envío & más')`;
  const tag = `tag=${encodeURIComponent("envío & más")}`;
  expect((await page(`list=bot&${tag}`)).rows).toMatchObject([{ id: bot, tags: ["envío & más"] }]);
  expect((await page(`list=all&${tag}`)).rows).toHaveLength(2);
  expect((await page(`list=closed&${tag}`)).rows).toMatchObject([{ id: closed }]);
  const other = await makeCompany(world);
  const foreign = await makeConversation(world, { tenantId: other });
  await world.sql`
    insert into conversation_tags
      select ${agent.tenantId}::uuid, ${bot}::uuid, 't' || i from generate_series(1, 3) i
      union all select ${other}::uuid, ${foreign}::uuid, 'foreign'`;
  expect(await (await agent.get("/tags")).json()).toEqual(["envío & más", "t1", "t2", "t3"]);
});

test("a row says what an operator has not read, in their own count, and 100 for more than 99", async () => {
  const id = await makeConversation(world, {
    ...{ name: "Lucía", phone: "51987654321", tenantId: agent.tenantId },
    texts: Array.from({ length: 130 }, (_, i) => `message ${i}`),
  });
  const row = async (member: Member) => (await page("list=all", member)).rows.find((each) => each.id === id);
  expect(await row(agent)).toMatchObject({ unread: 100, preview: "message 129", phone: "+51 987 654 321" });
  const other = await signedInAs(world, "viewer");
  await world.sql`
    insert into conversation_reads (operator_id, conversation_id, read_at)
      select ${other.operatorId}::uuid, ${id}::uuid, created_at from messages where conversation_id = ${id}::uuid and text = 'message 126'`;
  expect(await row(other)).toMatchObject({ unread: 3 });
  expect(await row(agent)).toMatchObject({ unread: 100 });
});

test("another company's conversations are in no list", async () => {
  const tenantId = await makeCompany(world);
  const id = await makeConversation(world, { name: "not ours", tenantId, texts: ["secreto"] });
  const seen: unknown[] = [];
  for (let after: string | null = ""; after !== null; ) {
    const { rows, next } = await page(`list=all&after=${after}`);
    seen.push(...rows.map((row) => row.id));
    after = next;
  }
  expect(seen).not.toContain(id);
  for (const path of ["", "/messages?before=00000000-0000-0000-0000-000000000000", "/orders"])
    expect((await agent.get(`/conversations/${id}${path}`)).status).toBe(404);
});

test.each(["list=nothing", "after=1", "after=1_2", "after=9999999999999999999_x", `tag=${"x".repeat(65)}`])(
  "refuses %s with a sentence",
  async (query) => {
    const response = await agent.get(`/conversations?${query}`);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain("Not a list, tag or cursor");
  },
);
