import { afterAll, beforeAll, expect, test } from "vitest";
import type { ConversationRow } from "../../contracts/console/inbox.ts";
import { startWorld, type World } from "../support/world.ts";
import { type Member, signedInAs } from "./member.ts";

let world: World;
let ana: Member;
let beto: Member;
let viewer: Member;
let people = 0;
beforeAll(async () => {
  world = await startWorld();
  ana = await signedInAs(world, "agent", "Ana");
  beto = await signedInAs(world, "agent", "Beto");
  viewer = await signedInAs(world, "viewer");
});
afterAll(() => world.close());

/** A customer with whom the bot has spoken. */
async function conversation() {
  const customer = world.customer(`5199530${1000 + people++}`, "Eva");
  await customer.send("hola");
  await customer.waitForReply();
  await world.drain();
  const [row] = await world.sql<{ id: string }>`
    select c.id from conversations c join customers u on u.id = c.customer_id where u.phone = ${customer.phone}`;
  return { customer, id: row?.id ?? "" };
}

const act = (member: Member, id: string, name: string, body: unknown = {}) =>
  member.post(`/conversations/${id}/${name}`, body);
const rowAfter = async (answer: Promise<Response>): Promise<ConversationRow> => {
  const response = await answer;
  expect(response.status).toBe(200);
  return ((await response.json()) as { row: ConversationRow }).row;
};
const codeOf = async (answer: Promise<Response>) => {
  const response = await answer;
  const { error } = (await response.json()) as { error: { code: string; by?: { name: string } } };
  return [response.status, error.code, error.by?.name ?? null];
};
const handoffOf = async (id: string) => {
  const [row] = await world.sql<{ open: boolean; by: string | null; taken: boolean }>`
    select handed_back_at is null as open, o.name as by, taken_at is not null as taken
      from handoffs h left join operators o on o.id = h.taken_by where conversation_id = ${id}::uuid order by opened_at desc limit 1`;
  return row;
};

test("who takes a conversation has it, and the bot is silent", async () => {
  const { customer, id } = await conversation();
  const row = await rowAfter(act(ana, id, "take"));
  expect(row).toMatchObject({
    owner: "human",
    assignee: { id: ana.operatorId, name: "Ana" },
    waitingSince: null,
  });
  expect(await handoffOf(id)).toEqual({ open: true, by: "Ana", taken: true });
  await customer.send("¿siguen ahí?");
  await world.drain();
  expect(customer.replies()).toHaveLength(1);
  // Pressed again, nothing is different.
  expect(await rowAfter(act(ana, id, "take"))).toMatchObject({ assignee: { name: "Ana" } });
});

test("a colleague is told who has it, and takes it from them only on purpose", async () => {
  const { id } = await conversation();
  const first = await rowAfter(act(ana, id, "take"));
  expect(await codeOf(act(beto, id, "take"))).toEqual([409, "taken", "Ana"]);
  expect(await codeOf(act(beto, id, "take", { from: viewer.operatorId }))).toEqual([409, "taken", "Ana"]);
  const row = await rowAfter(act(beto, id, "take", { from: ana.operatorId }));
  expect(row.assignee?.name).toBe("Beto");
  expect(row.changedAt).toBeGreaterThanOrEqual(first.changedAt);
  expect((await handoffOf(id))?.by).toBe("Beto");
  expect(await codeOf(act(ana, id, "give-back"))).toEqual([409, "not_yours", "Beto"]);
  expect(await codeOf(act(ana, id, "close"))).toEqual([409, "not_yours", "Beto"]);
});

test("of two who take at once, one wins", async () => {
  const { id } = await conversation();
  const answers = await Promise.all([ana, beto, ana, beto].map((member) => act(member, id, "take")));
  const [row] = await world.sql<{ name: string }>`
    select o.name from conversations c join operators o on o.id = c.assignee_id where c.id = ${id}::uuid`;
  const expected = row?.name === "Ana" ? [200, 409, 200, 409] : [409, 200, 409, 200];
  expect(answers.map(({ status }) => status)).toEqual(expected);
});

test("given back with a note, the bot answers again and the note is kept for it", async () => {
  const { customer, id } = await conversation();
  await rowAfter(act(ana, id, "take"));
  const row = await rowAfter(act(ana, id, "give-back", { note: " Se le cambia la talla. \u0000" }));
  expect(row).toMatchObject({ owner: "bot", assignee: null, reason: null });
  expect((await handoffOf(id))?.open).toBe(false);
  expect(await world.sql`select bot_note as note from conversations where id = ${id}::uuid`).toEqual([
    { note: "Se le cambia la talla." },
  ]);
  await customer.send("gracias");
  await customer.waitForReply(2);
  await world.drain();
});

test("assigned to an agent it is theirs; to nobody it waits for somebody again", async () => {
  const { id } = await conversation();
  expect((await rowAfter(act(ana, id, "assign", { operatorId: beto.operatorId }))).assignee?.name).toBe(
    "Beto",
  );
  expect(await codeOf(act(ana, id, "assign", { operatorId: viewer.operatorId }))).toEqual([
    409,
    "no_member",
    null,
  ]);
  const row = await rowAfter(act(beto, id, "assign", { operatorId: null }));
  expect(row).toMatchObject({ owner: "human", assignee: null });
  expect(row.waitingSince).not.toBeNull();
  expect(await handoffOf(id)).toEqual({ open: true, by: null, taken: false });
});

test("closed it is the bot's, until the customer writes again", async () => {
  const { customer, id } = await conversation();
  await rowAfter(act(ana, id, "take"));
  const closed = await rowAfter(act(ana, id, "close"));
  expect(closed).toMatchObject({ owner: "bot", assignee: null });
  expect(closed.closedAt).not.toBeNull();
  expect((await handoffOf(id))?.open).toBe(false);
  expect((await rowAfter(act(ana, id, "close"))).closedAt).toBe(closed.closedAt);
  await customer.send("una cosa más");
  await customer.waitForReply(2);
  await world.drain();
  expect((await rowAfter(act(ana, id, "read"))).closedAt).toBeNull();
  expect((await rowAfter(act(ana, id, "close"))).closedAt).not.toBeNull();
  expect((await rowAfter(act(ana, id, "reopen"))).closedAt).toBeNull();
});

test("snoozed it is away until then, or until the customer writes", async () => {
  const { customer, id } = await conversation();
  const until = Date.now() + 3_600_000;
  expect((await rowAfter(act(ana, id, "snooze", { until }))).snoozedUntil).toBe(until);
  expect((await rowAfter(act(ana, id, "snooze", { until: null }))).snoozedUntil).toBeNull();
  await rowAfter(act(ana, id, "snooze", { until }));
  await customer.send("¿y?");
  await world.drain();
  expect((await rowAfter(act(ana, id, "read"))).snoozedUntil).toBeNull();
  for (const wrong of [Date.now() - 60_000, Date.now() + 400 * 24 * 3_600_000, "morgen"])
    expect((await act(ana, id, "snooze", { until: wrong })).status).toBe(400);
});

test("tags have one spelling and a bound", async () => {
  const { id } = await conversation();
  const row = await rowAfter(act(ana, id, "tags", { tags: ["  VIP ", "vip", "Cambio\n de  talla", ""] }));
  expect(row.tags).toEqual(["cambio de talla", "vip"]);
  expect((await rowAfter(act(ana, id, "tags", { tags: ["vip"] }))).tags).toEqual(["vip"]);
  const tooMany = Array.from({ length: 21 }, (_, at) => `t${at}`);
  for (const tags of [tooMany, ["x".repeat(41)], "vip"])
    expect((await act(ana, id, "tags", { tags })).status).toBe(400);
});

test("a note is written once, however often it is sent", async () => {
  const { id } = await conversation();
  const note = { id: crypto.randomUUID(), text: "Prefiere llamadas <script>" };
  const answers = await Promise.all(Array.from({ length: 5 }, () => act(ana, id, "notes", note)));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
  expect(await world.sql`select text from notes where conversation_id = ${id}::uuid`).toEqual([
    { text: note.text },
  ]);
  expect(await codeOf(act(beto, id, "notes", note))).toEqual([409, "id_used", null]);
  expect((await act(ana, id, "notes", { ...note, text: " \n" })).status).toBe(400);
  expect((await act(ana, id, "notes", { ...note, text: "\u200B\u202E" })).status).toBe(400);
});

test("reading counts for one operator alone, also for a viewer", async () => {
  const { id } = await conversation();
  expect((await rowAfter(act(viewer, id, "read"))).unread).toBe(0);
  expect((await rowAfter(act(ana, id, "tags", { tags: [] }))).unread).toBe(1);
});

test("a flag is taken away", async () => {
  const { id } = await conversation();
  await world.sql`update conversations set flagged_at = now() where id = ${id}::uuid`;
  expect((await rowAfter(act(ana, id, "unflag"))).flaggedAt).toBeNull();
});

test("every act moves the row's time, so that open pages see it", async () => {
  const { id } = await conversation();
  const changedAt = async () => {
    const [row] = await world.sql<{ at: string }>`
      select extract(epoch from changed_at)::text as at from conversations where id = ${id}::uuid`;
    return Number(row?.at);
  };
  const acts: [string, unknown][] = [
    ["take", {}],
    ["snooze", { until: Date.now() + 60_000 }],
    ["tags", { tags: ["a"] }],
    ["notes", { id: crypto.randomUUID(), text: "x" }],
    ["unflag", {}],
    ["give-back", {}],
    ["close", {}],
    ["reopen", {}],
  ];
  for (const [name, body] of acts) {
    const before = await changedAt();
    await rowAfter(act(ana, id, name, body));
    expect(await changedAt(), name).toBeGreaterThan(before);
  }
});

test("a viewer acts on nothing, and nobody on another company's conversation", async () => {
  const { id } = await conversation();
  expect((await act(viewer, id, "take")).status).toBe(403);
  const [other] = await world.sql<{ id: string }>`
    with t as (insert into tenants (phone_number_id) values (${`other-${people}`}) returning id),
         u as (insert into customers (tenant_id, phone) select id, '5199531' from t returning id, tenant_id)
    insert into conversations (tenant_id, customer_id) select tenant_id, id from u returning id`;
  const acts: [string, unknown][] = [
    ["take", {}],
    ["give-back", {}],
    ["assign", { operatorId: ana.operatorId }],
    ["snooze", { until: null }],
    ["close", {}],
    ["reopen", {}],
    ["tags", { tags: ["x"] }],
    ["notes", { id: crypto.randomUUID(), text: "x" }],
    ["read", {}],
    ["unflag", {}],
  ];
  for (const [name, body] of acts) {
    expect((await act(ana, other?.id ?? "", name, body)).status, name).toBe(404);
    expect((await act(ana, "no-id", name, body)).status, name).toBe(404);
  }
  const [untouched] = await world.sql`
    select c.status, c.assignee_id as who, (select count(*)::int from notes where conversation_id = c.id) as notes
      from conversations c where id = ${other?.id ?? ""}::uuid`;
  expect(untouched).toEqual({ status: "bot", who: null, notes: 0 });
});

test("a colleague who writes in the phone app leaves a conversation with whoever has it in the console", async () => {
  const { id } = await conversation();
  await rowAfter(act(ana, id, "take"));
  await world.sql`
    select receive_operator_echo(c, ${JSON.stringify({ waMessageId: `wamid.${id}`, type: "text", text: "hola" })}::jsonb, clock_timestamp(), 60)
      from conversations c where id = ${id}::uuid`;
  const [row] = await world.sql`
    select o.name, c.bot_resumes_at as ends from conversations c join operators o on o.id = c.assignee_id where c.id = ${id}::uuid`;
  expect(row).toEqual({ name: "Ana", ends: null });
});

test("two records of one customer become one with all that operators kept", async () => {
  const [one, two] = [await conversation(), await conversation()];
  await rowAfter(act(ana, two.id, "take"));
  await rowAfter(act(ana, one.id, "tags", { tags: ["a", "b"] }));
  await rowAfter(act(ana, two.id, "tags", { tags: ["b", "c"] }));
  await rowAfter(act(ana, two.id, "notes", { id: crypto.randomUUID(), text: "de la segunda" }));
  await rowAfter(act(viewer, two.id, "read"));
  const [merged] = await world.sql<{ done: boolean }>`
    select merge_customers(a.customer_id, b.customer_id) as done from conversations a, conversations b
      where a.id = ${one.id}::uuid and b.id = ${two.id}::uuid`;
  expect(merged?.done).toBe(true);
  const row = await rowAfter(act(ana, one.id, "read"));
  expect(row).toMatchObject({ tags: ["a", "b", "c"], assignee: { name: "Ana" }, owner: "human" });
  expect(await world.sql`select text from notes where conversation_id = ${one.id}::uuid`).toEqual([
    { text: "de la segunda" },
  ]);
});
