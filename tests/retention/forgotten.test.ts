import { expect, test } from "vitest";
import { takeOver } from "../../db/handoffs.ts";
import { createRetention } from "../../db/retention.ts";
import type { InboundMessage } from "../../lib/types/inbound.ts";
import { describeStore } from "../store/describe-store.ts";
import { inbound, OUR_NUMBER } from "../store/support.ts";

const PHONE = "51944000001";
const USER_ID = "PE.1000000001";
const STOP = { opt: "stop" as const };
const DAYS_MS = 86_400_000;

describeStore("customers who are forgotten", (db) => {
  const purge = (days = 365, limit = 1000) => createRetention(db).purge(days, limit);
  const byBoth = (over: Partial<InboundMessage> = {}) =>
    inbound({ from: PHONE, fromUserId: USER_ID, ...over });
  const byPhone = (over: Partial<InboundMessage> = {}) => inbound({ from: PHONE, ...over });
  const byId = (over: Partial<InboundMessage> = {}) => inbound({ from: null, fromUserId: USER_ID, ...over });
  const answered = async (message: InboundMessage) => {
    const id = await db.one(message);
    await db.finish(await db.claim(id));
    return id;
  };
  /** Makes everything there is that many days older. */
  const age = async (days: number) => {
    await db.sql`update messages set created_at = created_at - make_interval(days => ${days}::int)`;
    await db.sql`update turns set started_at = started_at - make_interval(days => ${days}::int)`;
    await db.sql`update handoffs set opened_at = opened_at - make_interval(days => ${days}::int)`;
    await db.sql`update conversations set window_ends_at = window_ends_at - make_interval(days => ${days}::int),
      created_at = created_at - make_interval(days => ${days}::int)`;
    await db.sql`update customers set created_at = created_at - make_interval(days => ${days}::int),
      opted_out_at = opted_out_at - make_interval(days => ${days}::int), opt_changed_at = opt_changed_at - make_interval(days => ${days}::int),
      no_marketing_at = no_marketing_at - make_interval(days => ${days}::int)`;
  };
  const forget = async () => {
    await age(400);
    expect(await purge()).toMatchObject({ customers: 1 });
    expect(await db.sql`select from customers`).toEqual([]);
  };
  const people = () =>
    db.sql<{ phone: string | null; waUserId: string | null; out: boolean; noMarketing: boolean }>`
      select phone, wa_user_id as "waUserId", opted_out_at is not null as out, no_marketing_at is not null as "noMarketing"
        from customers order by created_at`;
  const hashes = async () => (await db.sql`select from consents`).length;

  test("with the last that is left of them people go, name and phone, and no other row tells of them", async () => {
    for (let n = 1; n <= 5; n++) await answered(inbound({ from: `5190000000${n}`, profileName: `Ana ${n}` }));
    await age(366);
    await answered(inbound({ from: "51900000009" }));
    expect(await purge()).toMatchObject({ messages: 5, turns: 5, customers: 5 });
    expect(await people()).toMatchObject([{ phone: "51900000009" }]);
    expect(await hashes()).toBe(0);
    expect(await db.sql`select from conversations`).toHaveLength(1);
  });

  test("a day before their time nobody goes", async () => {
    await answered(byPhone({ timestampMs: Date.now() }));
    await age(364);
    expect(await purge()).toMatchObject({ messages: 0, customers: 0 });
    await age(1);
    expect(await purge()).toMatchObject({ messages: 1, customers: 0 });
    await age(1);
    expect(await purge()).toMatchObject({ customers: 1 });
  });

  test("one call takes no more people than its limit", async () => {
    for (let n = 0; n < 5; n++) await answered(inbound({ from: `5190000000${n}` }));
    await age(400);
    await purge(365, 1000);
    for (let n = 0; n < 5; n++) await answered(inbound({ from: `5190000000${n}` }));
    await db.sql`delete from messages`;
    await db.sql`delete from turns`;
    await age(400);
    expect(await purge(365, 2)).toMatchObject({ customers: 2 });
    expect(await purge(365, 2)).toMatchObject({ customers: 2 });
    expect(await purge(365, 2)).toMatchObject({ customers: 1 });
  });

  const keeps = {
    "an open conversation": () => db.one(byPhone()),
    "a dead turn": async () => db.finish(await db.claim(await db.one(byPhone())), [], "dead"),
    "a call that opened the window": async () => {
      await age(400);
      const call = { phoneNumberId: OUR_NUMBER, from: PHONE, fromUserId: null };
      await db.receive([], [], {}, { calls: [{ ...call, timestampMs: Date.now() + 400 * DAYS_MS }] });
    },
    "a choice they made lately": async () => {
      await answered(byPhone());
      await db.sql`update customers set no_marketing_at = clock_timestamp() + interval '400 days'`;
    },
  };
  test.each(Object.keys(keeps) as (keyof typeof keeps)[])("somebody with %s stays", async (what) => {
    if (what.startsWith("a c")) await answered(byPhone());
    await keeps[what]();
    await age(400);
    expect(await purge()).toMatchObject({ customers: 0 });
    expect(await people()).toMatchObject([{ phone: PHONE }]);
  });

  test("somebody whom a person has seen lately stays; a forgotten handoff keeps nobody", async () => {
    const id = await answered(byPhone());
    await age(400);
    await takeOver(db, id, { reason: "agent", summary: "wants a refund" });
    expect(await purge()).toMatchObject({ messages: 0, customers: 0 });
    await age(400);
    expect(await purge()).toMatchObject({ messages: 1, turns: 1, handoffs: 1, customers: 1 });
  });

  test("who asked for no more messages is not written to after they were forgotten, until they take it back", async () => {
    await answered(byBoth({ text: "stop" }));
    await db.receive([byBoth({ text: "stop" })], [], STOP);
    for (const { id } of await db.sql<{ id: string }>`select id from conversations`)
      await db.finish(await db.claim(id));
    await forget();
    expect(await hashes()).toBe(2);
    expect((await db.receive([byBoth()])).conversationIds).toEqual([]);
    expect(await people()).toMatchObject([{ phone: PHONE, out: true }]);
    expect(await hashes()).toBe(0);
    expect((await db.receive([byBoth({ timestampMs: Date.now() })], [], { opt: "start" })).stored).toBe(1);
    expect(await people()).toMatchObject([{ out: false }]);
    expect((await db.receive([byBoth()])).conversationIds).toHaveLength(1);
  });

  test.each([
    ["phone", byPhone],
    ["user id", byId],
  ])("a choice is found by the %s alone, and again by both", async (_by, message) => {
    await answered(byBoth());
    await db.sql`update customers set opted_out_at = now(), opt_changed_at = now(), no_marketing_at = now()`;
    await forget();
    await db.receive([message()]);
    expect(await people()).toMatchObject([{ out: true, noMarketing: true }]);
    expect(await hashes()).toBe(1);
    await db.receive([byBoth()]);
    expect(await people()).toEqual([{ phone: PHONE, waUserId: USER_ID, out: true, noMarketing: true }]);
    expect(await hashes()).toBe(0);
  });

  test("a word said since is newer than the choice that comes back with the other name", async () => {
    await answered(byBoth());
    await db.sql`update customers set opted_out_at = now(), opt_changed_at = now()`;
    await forget();
    await db.receive([byPhone()]);
    await db.receive([byPhone({ timestampMs: Date.now() })], [], { opt: "start" });
    await db.receive([byBoth()]);
    expect(await people()).toMatchObject([{ phone: PHONE, waUserId: USER_ID, out: false }]);
  });

  test("the same phone with another user id is somebody else", async () => {
    await answered(byBoth());
    await db.sql`update customers set opted_out_at = now(), opt_changed_at = now()`;
    await forget();
    await db.receive([byBoth({ fromUserId: "PE.2" })]);
    expect(await people()).toMatchObject([{ waUserId: "PE.2", out: false }]);
    await db.receive([byId()]);
    expect(await people()).toMatchObject([{ out: false }, { waUserId: USER_ID, out: true }]);
  });

  test("no marketing is kept without a stop, and somebody without a choice leaves nothing", async () => {
    await answered(byPhone());
    await db.sql`update customers set no_marketing_at = now()`;
    await forget();
    expect((await db.receive([byPhone()])).conversationIds).toHaveLength(1);
    expect(await people()).toMatchObject([{ out: false, noMarketing: true }]);
  });

  test("a choice is of one number, and its hash says nothing without the key", async () => {
    await answered(byPhone());
    await db.sql`update customers set opted_out_at = now(), opt_changed_at = now()`;
    await forget();
    const other = { phoneNumberIds: ["999"] };
    expect(
      (await db.receive([byPhone({ phoneNumberId: "999" })], [], {}, other)).conversationIds,
    ).toHaveLength(1);
    const guess = db.sql`select from consents h, tenants t, unnest(array['phone ', '', 'user ']) kind
      where h.hash = sha256(convert_to(t.id || ' ' || kind || ${PHONE}, 'UTF8')) or h.hash = sha256(convert_to(kind || ${PHONE}, 'UTF8'))`;
    expect(await guess).toEqual([]);
    const keys = await db.sql<{ bytes: number }>`select length(key) as bytes from hash_key`;
    expect(keys).toEqual([{ bytes: 64 }]);
  });

  test("a customer who asks to be forgotten is forgotten at once, but for their opt-out", async () => {
    await answered(byBoth());
    await db.receive([byBoth({ text: "stop" })], [], STOP);
    const [row] = await db.sql<{ customers: number }>`
      select delete_customers(array(select id from customers where phone = ${PHONE})) as customers`;
    expect(row).toEqual({ customers: 1 });
    expect(await db.sql`select from messages`).toEqual([]);
    expect((await db.receive([byPhone()])).conversationIds).toEqual([]);
  });

  const wasPurged = async (waMessageId: string) => {
    const [row] = await db.sql<{ yes: boolean; no: boolean }>`
      select was_purged(id, ${waMessageId}) as yes, was_purged(gen_random_uuid(), ${waMessageId}) as no from tenants`;
    return [row?.yes, row?.no];
  };

  test("a message that was deleted is known for two years, at its own number, however it went", async () => {
    const messages = [byPhone(), inbound({ from: "51900000001" }), inbound({ from: "51900000002" })] as const;
    for (const message of messages) await answered(message);
    expect(await wasPurged(messages[0].waMessageId)).toEqual([false, false]);
    await db.sql`delete from customers where phone = '51900000001'`;
    await db.sql`select delete_customers(array(select id from customers where phone = '51900000002'))`;
    await age(400);
    await purge();
    for (const { waMessageId } of messages) expect(await wasPurged(waMessageId)).toEqual([true, false]);
    await db.sql`update purged_messages set day = day - 730`;
    expect(await purge()).toMatchObject({ purgedMessages: 0 });
    await db.sql`update purged_messages set day = day - 1`;
    expect(await purge(365, 2)).toMatchObject({ purgedMessages: 2 });
    expect(await purge(365, 2)).toMatchObject({ purgedMessages: 1 });
    expect(await wasPurged(messages[0].waMessageId)).toEqual([false, false]);
  });

  test("of what the bot said nothing is remembered, of what came from the phone app it is", async () => {
    await answered(byPhone());
    await db.sql`insert into messages (tenant_id, conversation_id, direction, author, state, type, wa_message_id, sent_at)
      select tenant_id, id, 'out', author, 'sent', 'text', 'wamid.' || author, now() from conversations, unnest(array['bot', 'operator']) author`;
    await db.sql`delete from messages`;
    expect(await wasPurged("wamid.bot")).toEqual([false, false]);
    expect(await wasPurged("wamid.operator")).toEqual([true, false]);
    expect(await db.sql`select from purged_messages`).toHaveLength(2);
  });
});
