import { expect, test } from "vitest";
import { handBack, takeOver } from "../../db/handoffs.ts";
import type { Claim } from "../../lib/types/turn-store.ts";
import { describeStore } from "./describe-store.ts";
import { accepted, inbound, OUR_NUMBER, status, textPart } from "./support.ts";

describeStore("replies that are written down and not sent", (db) => {
  /** A reply in parts that waits for the next holder; what the first holder knows of it. */
  async function waiting(...texts: string[]) {
    const id = await db.one();
    const claim = await db.claim(id);
    const parts = texts.map(textPart);
    await db.draft(claim, { parts });
    return { id, claim, parts, ids: parts.map((part) => part.id) };
  }
  const left = (claim: Claim) => db.finish(claim, [], "retry");
  const states = async () => (await db.outbound()).map(({ state }) => state);
  const turns = () => db.sql<{ state: string }>`select state from turns order by started_at`;
  const unsent = (id: string, sends: number) =>
    ({ id, outcome: "unsent", sends, waMessageId: null, metaCode: null }) as const;

  test("are withheld when a person has taken over, and what they answered is the person's to read", async () => {
    const { id, claim } = await waiting("one", "two");
    await left(claim);
    await takeOver(db, id, { reason: "agent", summary: "" });
    expect(await db.store.claim(id, 30_000)).toBeNull();
    expect(await states()).toEqual(["withheld", "withheld"]);
    expect(await turns()).toEqual([{ state: "withheld" }]);
    expect(await db.store.unread(10)).toEqual([]);
  });

  test("go out although a person is called, when the reply itself has called them", async () => {
    const id = await db.one();
    const claim = await db.claim(id);
    await db.draft(claim, { handoff: { reason: "customer_request", summary: "" } });
    await left(claim);
    const next = await db.claim(id);
    expect(next.unsent).toHaveLength(1);
    expect(await db.store.beginResend(next, [next.unsent[0]?.id ?? ""], 30_000)).toMatchObject({
      maySend: true,
    });
  });

  test("are withheld by the second send too, and by the look before each part", async () => {
    const { id, claim, ids } = await waiting("one", "two");
    expect(await db.store.checkBeforeSend(claim, null)).toEqual({ maySend: true, reached: true });
    expect(await db.store.checkBeforeSend(claim, ids[0] ?? null)).toEqual({ maySend: true, reached: false });
    await takeOver(db, id, { reason: "agent", summary: "" });
    expect(await db.store.checkBeforeSend(claim, null)).toMatchObject({ maySend: false });
    const asked = await db.store.beginResend(claim, ids, 30_000);
    expect(asked).toMatchObject({ leaseHeld: true, maySend: false, unconfirmed: [] });
    const withheld = { outcome: "withheld", sends: 2, waMessageId: null, metaCode: null } as const;
    await db.finish(
      claim,
      ids.map((part) => ({ ...withheld, id: part })),
    );
    expect(await states()).toEqual(["withheld", "withheld"]);
    // The first may have gone out: what it answers is not answered again when the bot has the conversation back.
    expect((await db.outbound()).map(({ sends }) => sends)).toEqual([1, 1]);
    expect(await turns()).toEqual([{ state: "withheld" }]);
  });

  test("a no to the second send that nobody heard leaves them as they were", async () => {
    const { id, claim, ids } = await waiting("one");
    await takeOver(db, id, { reason: "agent", summary: "" });
    await db.store.beginResend(claim, ids, 30_000);
    await left(claim);
    await handBack(db, id);
    expect((await db.claim(id)).unsent).toMatchObject([{ sends: 1 }]);
  });

  test("are withheld from a reader who has opted out since, who hears the confirmation alone", async () => {
    const { id, claim } = await waiting("one");
    await db.finish(claim, [unsent((await db.outbound())[0]?.id ?? "", 1)], "retry");
    await db.receive([inbound({ text: "stop" })], [], { opt: "stop" });
    const next = await db.claim(id);
    expect(await states()).toEqual(["withheld"]);
    expect(next.pending.map(({ opt }) => opt)).toEqual([null, "stop"]);
    expect((await db.draft(next)).outcome).toBe("send");
  });

  test("an answer to a message of somebody who opted out elsewhere is not even written to be sent", async () => {
    const id = await db.one();
    const claim = await db.claim(id);
    await db.sql`
      update customers set opted_out_at = clock_timestamp(), opt_changed_at = clock_timestamp()`;
    await db.sql`
      insert into messages (tenant_id, conversation_id, direction, state, type, opt, sent_at)
        select c.tenant_id, c.id, 'in', 'received', 'text', 'stop', u.opt_changed_at
          from conversations c join customers u on u.id = c.customer_id`;
    expect((await db.draft(claim)).outcome).toBe("taken_over");
    expect(await db.store.unread(10)).toEqual([]);
  });

  test("are counted as sent only where the holder does not say otherwise", async () => {
    const { id, claim, ids } = await waiting("one");
    const [part = ""] = ids;
    // Its draft got no answer: it knows that it has sent nothing.
    await db.finish(claim, [unsent(part, 1)], "retry");
    const second = await db.claim(id);
    expect(second.unsent).toMatchObject([{ sends: 0 }]);
    await db.store.beginResend(second, [part], 30_000);
    await db.finish(second, [unsent(part, 1)], "retry");
    expect((await db.claim(id)).unsent).toMatchObject([{ sends: 0 }]);
  });

  test("a send that was not counted is not taken back: the one before it may have gone out", async () => {
    const { id, claim, ids } = await waiting("one");
    const [part = ""] = ids;
    await left(claim);
    const second = await db.claim(id);
    // begin_resend never arrived; its caller would have been the second.
    await db.finish(second, [unsent(part, 2)], "retry");
    expect((await db.claim(id)).unsent).toMatchObject([{ sends: 1 }]);
  });

  test("what a holder asked and gave up on comes to nothing when it arrives late", async () => {
    const { id, claim, ids } = await waiting("one");
    await left(claim);
    expect(await db.store.beginResend(claim, ids, 30_000)).toMatchObject({ leaseHeld: false });
    const other = await db.one(inbound({ from: "51900000001" }));
    const late = await db.claim(other);
    await left(late);
    expect((await db.draft(late)).outcome).toBe("lost");
    expect((await db.claim(id)).unsent).toHaveLength(1);
  });

  test("sent as often as may be and never confirmed, a turn is dead, and answered after all by a late report", async () => {
    const { claim, ids } = await waiting("one");
    const [part = ""] = ids;
    await db.store.beginResend(claim, [part], 30_000);
    const ambiguous = {
      id: part,
      outcome: "ambiguous",
      sends: 2,
      waMessageId: null,
      metaCode: null,
    } as const;
    await db.finish(claim, [ambiguous], "dead");
    expect(await db.sql`select value ->> 'reason' as reason from dead_letters(10) value`).toEqual([
      { reason: "unconfirmed" },
    ]);
    await db.receive([], [status({ waMessageId: "wamid.late", opaqueId: part, status: "delivered" })]);
    expect(await turns()).toEqual([{ state: "answered" }]);
    expect(await db.sql`select state from messages where direction = 'in'`).toEqual([{ state: "received" }]);
  });

  test("confirmed while the holder gave up, a turn is answered", async () => {
    const { claim, ids } = await waiting("one");
    const [part = ""] = ids;
    await db.receive([], [status({ waMessageId: "wamid.one", opaqueId: part, status: "sent" })]);
    const ambiguous = {
      id: part,
      outcome: "ambiguous",
      sends: 2,
      waMessageId: null,
      metaCode: null,
    } as const;
    await db.finish(claim, [ambiguous], "dead");
    expect(await turns()).toEqual([{ state: "answered" }]);
  });

  test("a status report with the id of a customer's message is about no reply, whatever it says, and is taken", async () => {
    const { id, claim, ids } = await waiting("one");
    const [{ wa_message_id: taken } = { wa_message_id: "" }] = await db.sql<{ wa_message_id: string }>`
      select wa_message_id from messages where direction = 'in'`;
    const report = status({ waMessageId: taken, opaqueId: ids[0] ?? null, status: "sent" });
    expect(await db.receive([], [report])).toMatchObject({ statusesApplied: 0 });
    expect(await db.outbound()).toMatchObject([{ state: "draft", waMessageId: null }]);
    await left(claim);
    expect((await db.claim(id)).unsent).toHaveLength(1);
  });

  test("two replies with one id of Meta's, in one webhook: the second is confirmed, and keeps no id", async () => {
    const { ids } = await waiting("one", "two");
    const reports = ids.map((opaqueId) => status({ waMessageId: "wamid.both", opaqueId, status: "sent" }));
    expect(await db.receive([], reports)).toMatchObject({ statusesApplied: 2 });
    expect((await db.outbound()).map(({ waMessageId }) => waMessageId).toSorted()).toEqual(
      [null, "wamid.both"].toSorted(),
    );
  });

  test("two numbers may see the same ids: of messages, of early reports, of answers", async () => {
    const other = "200200200";
    const both = { phoneNumberIds: [OUR_NUMBER, other] };
    const message = inbound({ waMessageId: "wamid.same" });
    const received = await db.receive([message, { ...message, phoneNumberId: other }], [], {}, both);
    expect(received).toMatchObject({ stored: 2, duplicates: 0 });
    expect(await db.receive([message], [], {}, both)).toMatchObject({ stored: 0, duplicates: 1 });

    const early = status({ waMessageId: "wamid.out", status: "delivered" });
    await db.receive([], [early, { ...early, phoneNumberId: other, status: "failed" }], {}, both);
    for (const id of received.conversationIds) {
      const claim = await db.claim(id);
      const part = textPart("reply");
      await db.draft(claim, { parts: [part] });
      await db.finish(claim, [accepted(part.id, "wamid.out")]);
    }
    const rows = await db.sql<{ number: string; state: string }>`
      select t.phone_number_id as number, m.state from messages m join tenants t on t.id = m.tenant_id
        where m.direction = 'out' order by 1`;
    expect(rows).toEqual([
      { number: OUR_NUMBER, state: "delivered" },
      { number: other, state: "failed" },
    ]);
  });

  test("what was said to a number long ago is not told to whoever writes from it now", async () => {
    await db.receive([inbound({ text: "an old secret" })]);
    await db.sql`update conversations set answered_seq = received_seq, unread_since = null`;
    await db.sql`update messages set created_at = created_at - interval '46 days'`;
    const claim = await db.claim(await db.one(inbound({ text: "hola" })));
    expect(claim.history).toEqual([]);
  });

  test("what is used is counted by person and number, and anew each day", async () => {
    const id = await db.one();
    const claim = await db.claim(id);
    expect(claim).toMatchObject({ usage: { turns: 0, soundSeconds: 0, numberUsd: 0 }, repeat: null });
    const usage = { usd: 0.25, soundSeconds: 7 };
    await db.draft(claim, { usage, repeat: { key: "hola", count: 2, atOnce: 1 } });
    await db.finish(claim);
    const again = await db.claim(await db.one());
    expect(again.usage).toEqual({ turns: 1, soundSeconds: 7, numberUsd: 0.25 });
    expect(again.repeat).toEqual({ key: "hola", count: 2, atOnce: 1 });
    const other = await db.claim(await db.one(inbound({ from: "51900000009" })));
    expect(other.usage).toEqual({ turns: 0, soundSeconds: 0, numberUsd: 0.25 });
    await db.sql`update conversations set usage_day = usage_day - 1, lease_expires_at = clock_timestamp()`;
    await db.sql`update usage set day = day - 1`;
    expect((await db.claim(id)).usage).toEqual({ turns: 0, soundSeconds: 0, numberUsd: 0 });
  });

  test("somebody is told of a thing once a day, of each person or of the whole number", async () => {
    const [ana, eva] = [
      await db.claim(await db.one()),
      await db.claim(await db.one(inbound({ from: "51900000008" }))),
    ];
    const asked = [ana, ana, eva].map((claim) => () => db.store.firstAlertToday(claim, "person:turns:80"));
    for (const [index, ask] of asked.entries()) expect(await ask(), String(index)).toBe(index !== 1);
    expect(await db.store.firstAlertToday(ana, "number:usd:80")).toBe(true);
    expect(await db.store.firstAlertToday(eva, "number:usd:80")).toBe(false);
  });
});
