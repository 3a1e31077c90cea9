import { expect, test } from "vitest";
import { describeStore } from "./describe-store.ts";
import { ANA, accepted, inbound, status, textPart } from "./support.ts";

describeStore("receiving", (db) => {
  const stored = () =>
    db.sql<{ waMessageId: string; state: string }>`
      select wa_message_id as "waMessageId", state from messages where direction = 'in' order by sent_at, seq`;

  test("a whole batch from several people is stored, and each conversation is unread once", async () => {
    const batch = [
      inbound(),
      inbound(),
      inbound({ from: "5511987654321" }),
      inbound({ from: "15551234567" }),
    ];
    const received = await db.receive(batch);
    expect(received).toMatchObject({ stored: 4, duplicates: 0, notOurs: 0, limited: 0 });
    expect(new Set(received.conversationIds).size).toBe(3);
    expect((await stored()).map((m) => m.waMessageId)).toEqual(batch.map((m) => m.waMessageId));
  });

  test("a redelivery changes nothing, in the same batch or later or at once", async () => {
    const message = inbound();
    expect(await db.receive([message, message])).toMatchObject({ stored: 1, duplicates: 1 });
    const again = await Promise.all(Array.from({ length: 6 }, () => db.receive([message])));
    expect(again.every(({ stored: n, duplicates }) => n === 0 && duplicates === 1)).toBe(true);
    expect(await stored()).toHaveLength(1);
  });

  test("the same new person in many deliveries at once is one person", async () => {
    const batch = Array.from({ length: 8 }, () => inbound());
    await Promise.all(batch.map((message) => db.receive([message])));
    expect(await db.sql`select phone from customers`).toEqual([{ phone: ANA }]);
    expect(await stored()).toHaveLength(8);
  });

  test("batches that share people in different orders do not block each other", async () => {
    const people = Array.from({ length: 20 }, (_, index) => `5198765${1000 + index}`);
    const batch = (order: string[]) => order.map((from) => inbound({ from }));
    const received = await Promise.all(
      [people, people.toReversed(), people, people.toReversed()].map((order) => db.receive(batch(order))),
    );
    expect(received.map(({ stored: n }) => n)).toEqual([20, 20, 20, 20]);
  });

  test("a message to a number that is not ours is counted and not stored", async () => {
    const received = await db.receive([inbound({ phoneNumberId: "999" })]);
    expect(received).toMatchObject({ stored: 0, notOurs: 1, conversationIds: [] });
    expect(await stored()).toEqual([]);
  });

  test("a message that starts no turn is stored and leaves nothing unread", async () => {
    const received = await db.receive([inbound({ type: "reaction" })], [], { startsTurn: false });
    expect(received).toMatchObject({ stored: 1, conversationIds: [] });
  });

  test("people are known by user id, by phone or by both, and stay one person", async () => {
    await db.receive([inbound()]);
    await db.receive([inbound({ fromUserId: "PE.1" })]);
    await db.receive([inbound({ from: null, fromUserId: "PE.1", profileName: null })]);
    expect(await db.sql`select phone, wa_user_id, name from customers`).toEqual([
      { phone: ANA, wa_user_id: "PE.1", name: "Ana" },
    ]);
  });

  test("a phone number that moved to somebody else moves with them", async () => {
    await db.receive([inbound({ fromUserId: "PE.1" })]);
    await db.receive([inbound({ fromUserId: "PE.2" })]);
    expect(await db.sql`select wa_user_id, phone from customers order by wa_user_id`).toEqual([
      { wa_user_id: "PE.1", phone: null },
      { wa_user_id: "PE.2", phone: ANA },
    ]);
  });

  test("over the limit a message is kept as such, answered by one notice a window", async () => {
    const over = (waitS: number) => db.receive([inbound()], [], { admission: "limited", retryAfterS: waitS });
    const first = await over(42);
    expect(first).toMatchObject({ stored: 1, limited: 1, conversationIds: [] });
    expect(first.notices).toMatchObject([{ retryAfterS: 42, customer: { phone: ANA } }]);
    expect((await over(40)).notices).toEqual([]);
    await db.sql`update conversations set next_limit_notice_at = clock_timestamp() - interval '1 second'`;
    expect((await over(60)).notices).toHaveLength(1);
    expect((await stored()).every(({ state }) => state === "rate_limited")).toBe(true);
  });

  test("without the cache the database counts, by Meta's time, a redelivery never twice", async () => {
    const four = Array.from({ length: 4 }, () => inbound());
    const unknown = { admission: "unknown" as const };
    expect(await db.receive(four.slice(0, 3), [], unknown)).toMatchObject({ stored: 3, limited: 0 });
    expect(await db.receive(four.slice(0, 3), [], unknown)).toMatchObject({ duplicates: 3, limited: 0 });
    expect(await db.receive(four.slice(3), [], unknown)).toMatchObject({ stored: 1, limited: 1 });
    const later = inbound({ timestampMs: (four[3]?.timestampMs ?? 0) + 61_000 });
    expect(await db.receive([later], [], unknown)).toMatchObject({ stored: 1, limited: 0 });
  });

  test("statuses only move a message forward, whatever order they come in", async () => {
    const id = await db.one();
    const claim = await db.claim(id);
    const part = textPart("hi");
    await db.draft(claim, { parts: [part] });
    await db.finish(claim, [accepted(part.id, "wamid.out")]);
    const report = (name: "sent" | "delivered" | "read" | "failed") =>
      db.receive([], [status({ waMessageId: "wamid.out", status: name })]);
    expect(await report("delivered")).toMatchObject({ statusesApplied: 1 });
    expect(await report("sent")).toMatchObject({ statusesApplied: 0 });
    expect(await report("read")).toMatchObject({ statusesApplied: 1 });
    expect(await report("failed")).toMatchObject({ statusesApplied: 0 });
    expect(await db.outbound()).toMatchObject([{ state: "read" }]);
  });

  test("a status that came before our own record is applied with it", async () => {
    const id = await db.one();
    const claim = await db.claim(id);
    const part = textPart("hi");
    await db.draft(claim, { parts: [part] });
    await db.receive(
      [],
      [status({ waMessageId: "wamid.out", status: "delivered", pricing: { type: "regular" } })],
    );
    await db.finish(claim, [accepted(part.id, "wamid.out")]);
    expect(await db.outbound()).toMatchObject([{ state: "delivered" }]);
    expect(await db.sql`select pricing from messages where direction = 'out'`).toEqual([
      { pricing: { type: "regular" } },
    ]);
  });

  test("hostile words are stored as they are", async () => {
    const text = `'; drop table messages; -- \\ " $1 {} 🏳️‍🌈 ${"ñ".repeat(3000)}`;
    await db.receive([inbound({ text })]);
    expect(await db.sql`select text from messages`).toEqual([{ text }]);
  });
});
