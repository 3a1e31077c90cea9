import { expect, test } from "vitest";
import type { IdentityChange, InboundMessage } from "../../lib/types/inbound.ts";
import { describeStore } from "./describe-store.ts";
import { accepted, inbound, OUR_NUMBER, textPart } from "./support.ts";

const PHONE = "51944000001";
const USER_ID = "PE.1000000001";

describeStore("one person under many names", (db) => {
  const people = () =>
    db.sql<{ phone: string | null; id: string | null; messages: number; open: number; name: string }>`
      select u.phone, u.wa_user_id as id, u.name, (c.received_seq - c.answered_seq)::int as open,
             (select count(*)::int from messages where conversation_id = c.id) as messages
        from customers u left join conversations c on c.customer_id = u.id order by u.created_at`;
  const byPhone = (over: Partial<InboundMessage> = {}) => inbound({ from: PHONE, fromUserId: null, ...over });
  const byId = (over: Partial<InboundMessage> = {}) => inbound({ from: null, fromUserId: USER_ID, ...over });
  const byBoth = () => inbound({ from: PHONE, fromUserId: USER_ID });
  const answer = async (conversation: string) => {
    const claim = await db.claim(conversation);
    const part = textPart("reply");
    await db.draft(claim, { parts: [part] });
    await db.finish(claim, [accepted(part.id, `wamid.${part.id}`)]);
  };
  const change = (over: Partial<IdentityChange>): IdentityChange => ({
    phoneNumberId: OUR_NUMBER,
    phone: { previous: null, current: null },
    userId: { previous: null, current: null },
    timestampMs: Date.now(),
    ...over,
  });
  const told = (identityChange: IdentityChange) =>
    db.receive([], [], {}, { identityChanges: [identityChange] });

  test("seen by phone, then by user id, a message with both joins the two with all that was said", async () => {
    await answer(await db.one(byPhone()));
    await answer(await db.one(byId()));
    expect(await people()).toHaveLength(2);
    const conversation = await db.one(byBoth());
    expect(await people()).toMatchObject([{ phone: PHONE, id: USER_ID, messages: 5, open: 1 }]);
    const claim = await db.claim(conversation);
    expect(claim.pending).toHaveLength(1);
    expect(claim.history.map(({ direction }) => direction)).toEqual(["in", "in", "out", "out"]);
    expect(claim.customer).toMatchObject({ phone: PHONE, waUserId: USER_ID });
  });

  test("what either has not been answered is pending in the joined conversation, in Meta's order", async () => {
    const first = byPhone({ text: "one" });
    const second = byId({ text: "two" });
    await db.receive([first]);
    await db.receive([second]);
    const conversation = await db.one(byBoth());
    const claim = await db.claim(conversation);
    expect(claim.pending.map(({ waMessageId }) => waMessageId).slice(0, 2)).toEqual([
      first.waMessageId,
      second.waMessageId,
    ]);
    expect(claim.pending).toHaveLength(3);
    await db.draft(claim);
    expect(await db.finish(claim)).toMatchObject({ leaseHeld: true, hasUnread: false });
  });

  test("nothing is joined while a reply is on its way; the next message does it", async () => {
    const mine = await db.one(byPhone());
    await answer(await db.one(byId()));
    const claim = await db.claim(mine);
    await db.receive([byBoth()]);
    expect(await people()).toHaveLength(2);
    const part = textPart("reply");
    expect(await db.draft(claim, { parts: [part] })).toMatchObject({ outcome: "send" });
    await db.finish(claim, [accepted(part.id, "wamid.joined.later")]);
    await db.receive([byBoth()]);
    expect(await people()).toMatchObject([{ phone: PHONE, id: USER_ID }]);
  });

  test("a handoff, an opt-out and a rate limit of either hold for the joined person", async () => {
    const conversation = await db.one(byPhone());
    const claim = await db.claim(conversation);
    await db.draft(claim, { handoff: { reason: "complaint", summary: "angry" } });
    await db.finish(claim);
    await db.receive([byId({ text: "stop" })], [], { opt: "stop" });
    await db.receive([byBoth()]);
    const [row] = await db.sql`
      select c.status, u.opted_out_at is not null as "optedOut",
             (select count(*)::int from handoffs where conversation_id = c.id and handed_back_at is null) as open
        from conversations c join customers u on u.id = c.customer_id`;
    expect(row).toEqual({ status: "human", optedOut: true, open: 1 });
  });

  test.each([
    ["the one that is kept", byId, byPhone],
    ["the other", byPhone, byId],
  ])("who has %s has the joined one: nobody is told any more that nobody came", async (_, taken, waiting) => {
    const ids: string[] = [];
    for (const asks of [taken, waiting]) {
      const id = await db.one(asks());
      const claim = await db.claim(id);
      await db.draft(claim, { handoff: { reason: "complaint", summary: "angry" } });
      await db.finish(claim);
      ids.push(id);
    }
    await db.sql`select mark_taken(${ids[0] ?? ""}::uuid)`;
    await db.receive([byBoth()]);
    await db.sql`update handoffs set due_at = clock_timestamp() - interval '1 second'`;
    const [row] = await db.sql`
      select count(*)::int as conversations, bool_and(c.status = 'human') as "withPerson", (select count(*)::int from handoffs
          where conversation_id = any (array_agg(c.id)) and handed_back_at is null and taken_at is null) as waiting from conversations c`;
    expect(row).toEqual({ conversations: 1, withPerson: true, waiting: 0 });
    expect(await db.sql`select end_waits(10) as ended`).toEqual([{ ended: [] }]);
  });

  test("a user id that Meta changed stays the same person", async () => {
    await db.receive([byId()]);
    const next = "PE.2000000002";
    await told(change({ userId: { previous: USER_ID, current: next } }));
    await db.receive([byId({ fromUserId: next })]);
    expect(await people()).toMatchObject([{ id: next, messages: 2 }]);
    // The same change again changes nothing.
    await told(change({ userId: { previous: USER_ID, current: next } }));
    expect(await people()).toHaveLength(1);
  });

  test("a number that a person changed stays the same person, also under the user id that comes with it", async () => {
    await db.receive([byBoth()]);
    await told(change({ phone: { previous: PHONE, current: "51944000009" } }));
    await db.receive([inbound({ from: "51944000009", fromUserId: "PE.3000000003" })]);
    expect(await people()).toMatchObject([{ phone: "51944000009", id: "PE.3000000003", messages: 2 }]);
  });

  test("who wrote under the new number before Meta told of it is the same person", async () => {
    await answer(await db.one(byPhone({ profileName: "Ana" })));
    await answer(await db.one(inbound({ from: "51944000009", profileName: null })));
    await told(change({ phone: { previous: PHONE, current: "51944000009" } }));
    expect(await people()).toMatchObject([{ phone: "51944000009", name: "Ana", messages: 4 }]);
  });

  test("who had the number long before is somebody else, and keeps what they said to themselves", async () => {
    await answer(await db.one(inbound({ from: "51944000009", text: "a secret" })));
    await db.sql`update customers set created_at = created_at - interval '1 year'`;
    await answer(await db.one(byPhone()));
    await told(change({ phone: { previous: PHONE, current: "51944000009" } }));
    const conversation = await db.one(inbound({ from: "51944000009" }));
    const { history } = await db.claim(conversation);
    expect(history.map(({ text }) => text)).not.toContain("a secret");
    expect(await people()).toMatchObject([{ phone: null }, { phone: "51944000009" }]);
  });

  test("a number that changes while its person is being answered is put aside, and changed when the reply is out", async () => {
    const claim = await db.claim(await db.one(byPhone()));
    await db.receive([inbound({ from: "51944000009" })]);
    await told(change({ phone: { previous: PHONE, current: "51944000009" } }));
    await told(change({ phone: { previous: "51944000009", current: "51944000010" } }));
    expect(await people()).toHaveLength(2);
    await db.draft(claim);
    await db.finish(claim);
    await db.store.unread(10);
    expect(await people()).toMatchObject([{ phone: "51944000010" }]);
  });

  test("a change of names that comes with a crowd costs none of them its 200", async () => {
    const claim = await db.claim(await db.one(byPhone()));
    await db.receive([inbound({ from: "51944000009" })]);
    const crowd = Array.from({ length: 20 }, (_, at) => inbound({ from: `5195500${at}` }));
    const identityChange = change({ phone: { previous: PHONE, current: "51944000009" } });
    const received = await db.receive(crowd, [], {}, { identityChanges: [identityChange] });
    expect(received.stored).toBe(20);
    await db.draft(claim);
    await db.finish(claim);
    // The next webhook of whomever takes it along.
    await db.receive([inbound({ from: "51955009" })]);
    expect((await people()).filter(({ phone }) => phone === PHONE)).toEqual([]);
  });
});
