import { expect, test } from "vitest";
import { deleteCustomers } from "../../db/retention.ts";
import type { IdentityChange, InboundMessage } from "../../lib/types/inbound.ts";
import { describeStore } from "./describe-store.ts";
import { accepted, inbound, OUR_NUMBER, textPart } from "./support.ts";

/** One Mexican phone, as Meta delivers it and as it is written today. */
const OLD = "5215544000001";
const NEW = "525544000001";

describeStore("one phone in several spellings", (db) => {
  const people = () =>
    db.sql<{ phone: string | null; id: string | null; messages: number; out: boolean }>`
      select u.phone, u.wa_user_id as id, u.opted_out_at is not null as out,
             (select count(*)::int from messages m join conversations c on c.id = m.conversation_id where c.customer_id = u.id) as messages
        from customers u order by u.created_at`;
  const by = (from: string, over: Partial<InboundMessage> = {}) => inbound({ from, ...over });
  /** Writes as the release before would: nothing but the spelling delivered. */
  const asBefore = (message: InboundMessage) => db.receive([message], [], { phones: [message.from ?? ""] });
  const told = (phone: IdentityChange["phone"], userId = { previous: null, current: null }) =>
    db.receive(
      [],
      [],
      {},
      {
        identityChanges: [{ phoneNumberId: OUR_NUMBER, phone, userId, timestampMs: Date.now() }],
      },
    );

  test("first messages under each at the same moment make one customer", async () => {
    for (let n = 10; n < 16; n++)
      await Promise.all([db.receive([by(`52155440000${n}`)]), db.receive([by(`5255440000${n}`)])]);
    expect((await people()).map(({ messages }) => messages)).toEqual([2, 2, 2, 2, 2, 2]);
  });

  test("both in one delivery are one sender, whose turn starts at once", async () => {
    const claim = { turnId: crypto.randomUUID(), leaseMs: 30_000 };
    const received = await db.receive([by(OLD), by(NEW)], [], {}, { claim });
    expect(received.startedTurn?.pending).toHaveLength(2);
    expect(received.startedTurn?.customer).toMatchObject({ phone: NEW });
  });

  test("a release that knows but one spelling makes two customers, which the next message joins", async () => {
    await asBefore(by(OLD));
    await asBefore(by(NEW));
    expect(await people()).toHaveLength(2);
    await db.receive([by(OLD)]);
    expect(await people()).toMatchObject([{ phone: OLD, messages: 3 }]);
  });

  test("two customers are not joined while a reply to one is on its way", async () => {
    await asBefore(by(OLD));
    await asBefore(by(NEW));
    const [row] = await db.sql<{ id: string }>`
      select c.id from conversations c join customers u on u.id = c.customer_id where u.phone = ${OLD}`;
    const claim = await db.claim(row?.id ?? "");
    await db.receive([by(NEW)]);
    expect(await people()).toMatchObject([
      { phone: OLD, messages: 1 },
      { phone: NEW, messages: 2 },
    ]);
    await db.finish(claim);
    await db.receive([by(NEW)]);
    expect(await people()).toMatchObject([{ phone: NEW, messages: 4 }]);
  });

  test.each([
    [NEW, null],
    [OLD, null],
    [NEW, "MX.2"],
  ])("a phone with a user id keeps it when a message comes from %s with %s", async (from, fromUserId) => {
    await db.receive([by(OLD, { fromUserId: "MX.1" })]);
    await db.receive([by(from, { fromUserId })]);
    if (fromUserId === null) expect(await people()).toMatchObject([{ phone: from, id: "MX.1", messages: 2 }]);
    // Another user id is another customer, whatever the spelling.
    else
      expect(await people()).toMatchObject([
        { phone: null, id: "MX.1" },
        { phone: from, id: fromUserId },
      ]);
  });

  test("events that are no messages find the customer and leave the spelling as it is", async () => {
    await db.receive([by(OLD)]);
    const event = { phoneNumberId: OUR_NUMBER, from: NEW, fromUserId: null, timestampMs: Date.now() };
    await db.receive(
      [],
      [],
      {},
      {
        calls: [event],
        handovers: [{ ...event, ours: true }],
        preferences: [{ ...event, category: "marketing_messages", value: "stop" }],
      },
    );
    const rows = await db.sql`select phone, no_marketing_at is not null as "noMarketing" from customers`;
    expect(rows).toEqual([{ phone: OLD, noMarketing: true }]);
  });

  test("a new number is found under any spelling of the old, and takes the place of any of its own", async () => {
    await db.receive([by(OLD, { text: "before" })]);
    await db.receive([by("525544000009", { text: "after" })]);
    await told({ previous: NEW, current: "5215544000009" });
    expect(await people()).toMatchObject([{ phone: "5215544000009", messages: 2 }]);
  });

  test("a change that follows another waits for it, whatever the spelling", async () => {
    const claim = await db.claim(await db.one(by(OLD)));
    await db.receive([by("5215544000009")]);
    await told({ previous: NEW, current: "525544000009" });
    await told({ previous: "5215544000009", current: "525544000010" });
    expect(await people()).toHaveLength(2);
    await db.finish(claim);
    await db.store.unread(10);
    expect(await people()).toMatchObject([{ phone: "525544000010", messages: 2 }]);
  });

  test("a customer who opted out and was forgotten is recognised under the other spelling", async () => {
    await db.receive([by(OLD, { text: "stop" })], [], { opt: "stop" });
    await db.sql`select delete_customers(array(select id from customers))`;
    expect((await db.receive([by(NEW)])).conversationIds).toEqual([]);
    expect(await people()).toMatchObject([{ phone: NEW, out: true }]);
    expect(await db.sql`select from consents`).toEqual([]);
  });

  test("a customer is forgotten by any spelling, and so are those whom nobody has joined yet", async () => {
    await db.receive([by(OLD)]);
    await asBefore(by(NEW));
    await db.receive([by("5215544000002")]);
    expect(await deleteCustomers(db, ["525544000009"])).toBe(0);
    expect(await deleteCustomers(db, [NEW, OLD])).toBe(2);
    expect(await people()).toMatchObject([{ phone: "5215544000002" }]);
  });

  test("the spelling that Meta accepted is given to the next turn, for as long as it is set", async () => {
    const conversation = await db.one(by(OLD));
    const claim = await db.claim(conversation);
    expect(claim.customer).not.toHaveProperty("acceptedPhone");
    const part = textPart("reply");
    await db.draft(claim, { parts: [part] });
    await db.finish(claim, [{ ...accepted(part.id, "wamid.listed"), acceptedPhone: NEW }]);
    const next = await db.claim(await db.one(by(OLD)));
    expect(next.customer).toMatchObject({ phone: OLD, acceptedPhone: NEW });
  });
});
