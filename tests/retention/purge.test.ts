import { expect, test } from "vitest";
import { dropDead, replayDead } from "../../db/dead.ts";
import { handBack, takeOver } from "../../db/handoffs.ts";
import { createRetention } from "../../db/retention.ts";
import { describeStore } from "../store/describe-store.ts";
import { accepted, inbound, status, textPart } from "../store/support.ts";

const NOTHING = {
  messages: 0,
  turns: 0,
  exchanges: 0,
  handoffs: 0,
  customers: 0,
  earlyStatuses: 0,
  accountEvents: 0,
  consoleRecords: 0,
  purgedMessages: 0,
  counters: 0,
};

describeStore("the purge", (db) => {
  const purge = (days = 365, limit = 1000) => createRetention(db).purge(days, limit);

  let people = 0;
  const somebody = () => inbound({ from: `5195000${1000 + people++}`, timestampMs: Date.now() });

  /** One question with its answer and a tool call. */
  async function answered(message = somebody()) {
    const id = await db.one(message);
    const claim = await db.claim(id);
    const part = textPart("reply");
    const idempotencyKey = `${claim.turnId}:0:lookup`;
    await db.draft(claim, {
      parts: [part],
      toolCalls: [{ name: "lookup", idempotencyKey, input: {}, output: {}, ms: 1, failed: false }],
    });
    await db.finish(claim, [accepted(part.id, `wamid.${part.id}`)]);
    return { id, message, turn: claim.turnId };
  }
  /** One question whose reply was refused for good. */
  async function dead() {
    const id = await db.one(somebody());
    const claim = await db.claim(id);
    const part = textPart("reply");
    await db.draft(claim, { parts: [part] });
    await db.finish(
      claim,
      [{ id: part.id, outcome: "rejected", sends: 1, waMessageId: null, metaCode: 131026 }],
      "dead",
    );
    return { id, turn: claim.turnId };
  }
  /** Makes everything there is that many days older. */
  const age = async (days: number) => {
    await db.sql`update messages set created_at = created_at - make_interval(days => ${days}::int)`;
    await db.sql`update turns set started_at = started_at - make_interval(days => ${days}::int)`;
    await db.sql`update handoffs set opened_at = opened_at - make_interval(days => ${days}::int)`;
    await db.sql`update early_statuses set received_at = received_at - make_interval(days => ${days}::int)`;
  };
  const rows = async () => {
    const [row] = await db.sql<Record<string, number>>`
      select (select count(*)::int from messages) as messages, (select count(*)::int from turns) as turns,
             (select count(*)::int from tool_calls) as "toolCalls", (select count(*)::int from handoffs) as handoffs`;
    return row;
  };

  test("takes what is old and settled, and leaves what is recent; the person stays known", async () => {
    await answered();
    await age(366);
    await answered();
    expect(await purge()).toMatchObject({ messages: 2, turns: 1 });
    expect(await rows()).toEqual({ messages: 2, turns: 1, toolCalls: 1, handoffs: 0 });
    expect(await purge()).toEqual(NOTHING);
    expect(await db.sql`select 1 from customers`).toHaveLength(2);
  });

  test("a purged conversation goes on where its counters stand", async () => {
    const { id, message } = await answered();
    await age(366);
    await purge();
    const next = inbound({ from: message.from });
    expect((await db.receive([next])).conversationIds).toEqual([id]);
    const claim = await db.claim(id);
    expect(claim.pending.map(({ waMessageId }) => waMessageId)).toEqual([next.waMessageId]);
    expect(claim.history).toEqual([]);
  });

  test.each([0, 1, 7, -5])("with a setting of %i days a message is a duplicate for eight", async (days) => {
    const { message } = await answered();
    await age(7);
    await db.sql`update messages set created_at = created_at - interval '23 hours'`;
    expect(await purge(days)).toMatchObject({ messages: 0, turns: 0 });
    expect(await db.receive([message])).toMatchObject({ stored: 0, duplicates: 1 });
    await age(1);
    expect(await purge(days)).toMatchObject({ messages: 2, turns: 1 });
  });

  test("what is open or drafted stays, with all that was said before it", async () => {
    const open = await answered();
    await db.receive([inbound({ from: open.message.from })]);
    const drafting = await answered();
    await db.receive([inbound({ from: drafting.message.from })]);
    await db.draft(await db.claim(drafting.id));
    const before = await rows();
    await age(400);
    expect(await purge()).toMatchObject({ messages: 0, turns: 0 });
    expect(await rows()).toEqual(before);
  });

  test("a conversation with a person stays, and goes with its handoff once it is given back", async () => {
    const { id } = await answered();
    await takeOver(db, id, { reason: "agent", summary: "wants a refund" });
    await age(400);
    expect(await purge()).toEqual(NOTHING);
    await handBack(db, id);
    expect(await purge()).toMatchObject({ messages: 2, turns: 1, handoffs: 1 });
  });

  test("what a person has is given back when nobody has written for as long, and goes", async () => {
    const quiet = await answered();
    const lively = await answered();
    const answering = await answered();
    for (const { id } of [quiet, lively, answering])
      await takeOver(db, id, { reason: "agent", summary: "wants a refund" });
    await age(400);
    await db.sql`update conversations set window_ends_at = window_ends_at - interval '400 days' where id <> ${lively.id}::uuid`;
    await db.sql`insert into messages (tenant_id, conversation_id, direction, author, state, type, text, sent_at)
      select tenant_id, id, 'out', 'operator', 'sent', 'text', 'soon', now() from conversations where id = ${answering.id}::uuid`;
    expect(await purge()).toMatchObject({ messages: 2, turns: 1, handoffs: 1 });
    expect(await db.sql`select id, status from conversations where status = 'human' order by id`).toEqual(
      [lively.id, answering.id].sort().map((id) => ({ id, status: "human" })),
    );
    expect((await rows())?.handoffs).toBe(2);
  });

  test("a dead turn stays with its messages until it is dropped or its replay is answered", async () => {
    const [dropped, replayed] = await Promise.all([dead(), dead()]);
    await age(400);
    expect(await purge()).toMatchObject({ messages: 0, turns: 0 });
    expect(await dropDead(db, dropped.turn)).toMatchObject({ outcome: "dropped" });
    expect(await purge()).toMatchObject({ messages: 2, turns: 1 });
    expect(await replayDead(db, replayed.turn)).toMatchObject({ outcome: "replayed" });
    expect(await purge()).toMatchObject({ messages: 0, turns: 0 });
    await db.finish(await db.claim(replayed.id));
    // The turn that answered the replay is young and stays.
    expect(await purge()).toMatchObject({ messages: 2, turns: 1 });
  });

  test("a reply that was never confirmed goes when no report can come any more", async () => {
    const id = await db.one(somebody());
    const claim = await db.claim(id);
    const part = textPart("reply");
    await db.draft(claim, { parts: [part] });
    await db.finish(claim, [
      { id: part.id, outcome: "ambiguous", sends: 1, waMessageId: null, metaCode: null },
    ]);
    await age(364);
    expect(await purge()).toEqual(NOTHING);
    await age(2);
    expect(await purge()).toMatchObject({ messages: 2, turns: 1 });
  });

  test("turns without messages go too, and status reports of unknown messages after eight days", async () => {
    const id = await db.one(somebody());
    await db.claim(id, 0);
    await db.finish(await db.claim(id));
    await db.receive([], [status({ waMessageId: "wamid.somebody.else" })]);
    await age(8);
    expect(await purge()).toEqual({ ...NOTHING, earlyStatuses: 1 });
    await age(400);
    expect(await purge()).toMatchObject({ messages: 1, turns: 2 });
  });

  test("counters go after two years", async () => {
    await answered();
    await db.sql`insert into counters (tenant_id, day, name, value)
      select id, current_date - age, 'dead', 1 from tenants, unnest(array[729, 740]) age`;
    expect(await purge()).toMatchObject({ counters: 1 });
  });

  test("one call takes no more than its limit, the oldest first", async () => {
    const old = await answered();
    await age(10);
    await answered();
    await age(400);
    expect(await purge(365, 2)).toMatchObject({ messages: 2, turns: 1 });
    expect(await db.sql`select 1 from turns where id = ${old.turn}::uuid`).toEqual([]);
    expect(await purge(365, 2)).toMatchObject({ messages: 2, turns: 1 });
    expect(await purge(365, 2)).toMatchObject({ messages: 0, turns: 0 });
  });

  test("many purges at once, beside customers who write, take everything once and stop nobody", async () => {
    const customers = await Promise.all(Array.from({ length: 30 }, () => answered()));
    await age(400);
    const write = ({ message }: { message: { from: string | null } }) =>
      db.receive([inbound({ from: message.from })]);
    const [purges, received] = await Promise.all([
      Promise.all(Array.from({ length: 6 }, () => purge(365, 20))),
      Promise.all(customers.slice(0, 10).map(write)),
    ]);
    expect(received.every(({ stored }) => stored === 1)).toBe(true);
    for (const { id } of customers.slice(0, 10)) await db.finish(await db.claim(id));
    const rest = await purge();
    const taken = [...purges, rest].reduce((total, { messages }) => total + messages, 0);
    expect(taken).toBe(60);
    expect(await rows()).toMatchObject({ messages: 10, turns: 10, toolCalls: 0 });
  });
});
