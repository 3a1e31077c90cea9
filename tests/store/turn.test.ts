import { expect, test } from "vitest";
import { runs } from "../support/seed.ts";
import { describeStore } from "./describe-store.ts";
import { accepted, inbound, status, textPart } from "./support.ts";

describeStore("a turn's statements", (db) => {
  test("a claim gives what the customer sent, oldest first by Meta's time, and what was said before", async () => {
    const late = inbound();
    const early = inbound({ timestampMs: late.timestampMs - 5_000 });
    const id = await db.one(late);
    await db.receive([early]);
    const first = await db.claim(id);
    expect(first.pending.map((m) => m.waMessageId)).toEqual([early.waMessageId, late.waMessageId]);
    expect(first.history).toEqual([]);
    const part = textPart("¡Hola!");
    await db.draft(first, { parts: [part] });
    await db.finish(first, [accepted(part.id, "wamid.out")]);
    const next = inbound();
    await db.receive([next]);
    const second = await db.claim(id);
    expect(second.pending.map((m) => m.waMessageId)).toEqual([next.waMessageId]);
    expect(second.history.map((m) => [m.direction, m.waMessageId])).toEqual([
      ["in", early.waMessageId],
      ["in", late.waMessageId],
      ["out", "wamid.out"],
    ]);
    expect(second).toMatchObject({
      previousRung: "full",
      attempts: 0,
      customer: { name: "Ana", language: "es" },
    });
  });

  test("a message in the same second as the reply before it comes after that reply", async () => {
    const id = await db.one();
    const first = await db.claim(id);
    const part = textPart("¡Hola!");
    await db.draft(first, { parts: [part] });
    await db.finish(first, [accepted(part.id, "wamid.out")]);
    const [{ sentAt } = { sentAt: new Date() }] = await db.sql<{ sentAt: Date }>`
      select sent_at as "sentAt" from messages where direction = 'out'`;
    const sameSecond = inbound({ timestampMs: Math.floor(sentAt.getTime() / 1000) * 1000 });
    await db.receive([sameSecond], [], { startsTurn: false });
    await db.receive([inbound({ timestampMs: sameSecond.timestampMs + 1000 })]);
    expect((await db.claim(id)).history.map((m) => m.waMessageId).slice(-2)).toEqual([
      "wamid.out",
      sameSecond.waMessageId,
    ]);
  });

  test("many replies within the second of a customer's message do not hide it", async () => {
    const id = await db.one();
    const second = Math.floor(Date.now() / 1000) * 1000 - 5_000;
    await db.sql`
      insert into messages (tenant_id, conversation_id, direction, author, state, type, text, sent_at, created_at)
        select tenant_id, id, 'out', 'bot', 'sent', 'text', 'part ' || n, to_timestamp(${second}::bigint / 1000.0) + n * interval '50 ms',
               now() - interval '1 second' + n * interval '50 ms'
          from conversations, generate_series(1, 12) n where id = ${id}::uuid order by n`;
    const theirs = inbound({ timestampMs: second });
    await db.receive([theirs], [], { startsTurn: false });
    const { history } = await db.claim(id);
    expect(history).toHaveLength(10);
    expect(history.at(-1)?.waMessageId).toBe(theirs.waMessageId);
    expect(history.slice(0, -1).map(({ text }) => text)).toEqual(
      Array.from({ length: 9 }, (_, at) => `part ${at + 4}`),
    );
  });

  test("history is the last ten messages of both sides", async () => {
    const id = await db.one();
    await db.finish(await db.claim(id));
    await db.receive(
      Array.from({ length: 12 }, () => inbound()),
      [],
      { startsTurn: false },
    );
    const asking = inbound();
    await db.receive([asking]);
    const { history, pending } = await db.claim(id);
    expect(history).toHaveLength(10);
    expect(pending).toHaveLength(1);
    expect(history.every((m, i) => i === 0 || m.timestampMs >= (history[i - 1]?.timestampMs ?? 0))).toBe(
      true,
    );
  });

  test("of many who claim at once exactly one holds the conversation", async () => {
    const id = await db.one();
    const claims = await Promise.all(Array.from({ length: 8 }, () => db.store.claim(id, 30_000)));
    expect(claims.filter((claim) => claim !== null)).toHaveLength(1);
  });

  test("there is nothing to claim once everything is answered", async () => {
    const id = await db.one();
    const claim = await db.claim(id);
    await db.draft(claim);
    expect(await db.finish(claim)).toMatchObject({ leaseHeld: true, hasUnread: false });
    expect(await db.store.claim(id, 30_000)).toBeNull();
  });

  test("a holder whose lease went to a successor can neither draft nor finish", async () => {
    const id = await db.one();
    const slow = await db.claim(id, 0);
    const successor = await db.claim(id);
    expect(successor.epoch).toBeGreaterThan(slow.epoch);
    expect(await db.draft(slow)).toEqual({ outcome: "lost" });
    expect(await db.finish(slow)).toMatchObject({ leaseHeld: false, hasUnread: false });
    expect(await db.outbound()).toEqual([]);
    expect(await db.draft(successor)).toMatchObject({ outcome: "send" });
  });

  test("what an old holder truly sent is recorded although its lease is gone", async () => {
    const id = await db.one();
    const slow = await db.claim(id, 0);
    const part = textPart("sent");
    await db.draft(slow, { parts: [part] });
    await db.sql`update conversations set lease_expires_at = clock_timestamp()`;
    await db.claim(id);
    expect(await db.finish(slow, [accepted(part.id, "wamid.out")])).toMatchObject({
      leaseHeld: false,
      hasUnread: false,
    });
    expect(await db.outbound()).toMatchObject([{ state: "sent", waMessageId: "wamid.out" }]);
  });

  test("a draft that newer messages have overtaken is not written, and the next turn covers them all", async () => {
    const id = await db.one();
    const first = await db.claim(id);
    await db.receive([inbound()]);
    expect(await db.draft(first)).toEqual({ outcome: "overtaken" });
    expect(await db.outbound()).toEqual([]);
    const second = await db.claim(id);
    expect(second.pending).toHaveLength(2);
    expect(second.attempts).toBe(1);
    expect(await db.draft(second)).toMatchObject({ outcome: "send" });
  });

  test("a draft that has to stand is written, and the newer message is unread at the end", async () => {
    const id = await db.one();
    const claim = await db.claim(id);
    const newer = inbound();
    await db.receive([newer]);
    expect(await db.draft(claim, { evenIfOvertaken: true })).toMatchObject({ outcome: "send" });
    expect(await db.finish(claim)).toMatchObject({ leaseHeld: true, hasUnread: true });
    expect((await db.claim(id)).pending.map((m) => m.waMessageId)).toEqual([newer.waMessageId]);
  });

  test("a handoff and its reply are written together, and the bot is silent until it is handed back", async () => {
    const id = await db.one();
    const claim = await db.claim(id);
    const handoff = { reason: "customer_request", summary: "wants a person" };
    expect(await db.draft(claim, { handoff })).toMatchObject({ outcome: "send", handoffOpened: true });
    expect(await db.finish(claim)).toMatchObject({ leaseHeld: true, hasUnread: false });
    expect((await db.receive([inbound()])).conversationIds).toEqual([]);
    expect(await db.store.claim(id, 30_000)).toBeNull();
    await db.sql`select hand_back(${id}::uuid)`;
    expect((await db.receive([inbound()])).conversationIds).toEqual([id]);
    expect((await db.claim(id)).pending).toHaveLength(1);
  });

  test("messages that came while the handoff was being told are the person's", async () => {
    const id = await db.one();
    const claim = await db.claim(id);
    await db.draft(claim, { handoff: { reason: "customer_request", summary: "" } });
    await db.receive([inbound()]);
    expect(await db.finish(claim)).toMatchObject({ leaseHeld: true, hasUnread: false });
    expect(await db.store.claim(id, 30_000)).toBeNull();
  });

  test("a person who takes over during a turn gets the bot's reply as a suggestion, unsent", async () => {
    const id = await db.one();
    const claim = await db.claim(id);
    await db.sql`select take_over(${id}::uuid, 'agent', 'took it')`;
    expect(await db.draft(claim)).toEqual({ outcome: "taken_over" });
    expect(await db.outbound()).toMatchObject([{ state: "withheld", sends: 0 }]);
    expect(await db.store.claim(id, 30_000)).toBeNull();
  });

  test("a draft that its holder did not see through comes back to the next holder, not to the model", async () => {
    const id = await db.one();
    const dead = await db.claim(id);
    const part = textPart("drafted");
    await db.draft(dead, { parts: [part] });
    await db.sql`update conversations set lease_expires_at = clock_timestamp()`;
    const next = await db.claim(id);
    expect(next.unsent).toMatchObject([{ id: part.id, message: part.message, sends: 1 }]);
    expect(next.pending).toEqual([]);
    expect(await db.store.beginResend(next, [part.id], 30_000)).toMatchObject({
      leaseHeld: true,
      unconfirmed: [part.id],
    });
    expect(await db.outbound()).toMatchObject([{ sends: 2 }]);
    expect(await db.finish(next, [accepted(part.id, "wamid.out")])).toMatchObject({
      leaseHeld: true,
      hasUnread: false,
    });
    expect(await db.store.claim(id, 30_000)).toBeNull();
  });

  test("a status report settles a draft whose send was never answered: nothing is left to send", async () => {
    const id = await db.one();
    const dead = await db.claim(id);
    const part = textPart("drafted");
    await db.draft(dead, { parts: [part] });
    await db.receive([], [status({ waMessageId: "wamid.echo", opaqueId: part.id, status: "sent" })]);
    expect(await db.outbound()).toMatchObject([{ state: "sent", waMessageId: "wamid.echo" }]);
    await db.sql`update conversations set lease_expires_at = clock_timestamp()`;
    expect(await db.store.claim(id, 30_000)).toBeNull();
    expect(await db.sql`select state from turns`).toEqual([{ state: "answered" }]);
    expect(await db.sql`select turn_id from messages where direction = 'in' and turn_id is null`).toEqual([]);
  });

  test("a part that certainly did not go out may be sent at once by the next holder", async () => {
    const id = await db.one();
    const claim = await db.claim(id);
    const part = textPart("later");
    await db.draft(claim, { parts: [part] });
    const unsent = {
      id: part.id,
      outcome: "unsent" as const,
      sends: 1,
      waMessageId: null,
      metaCode: 130429,
    };
    expect(await db.finish(claim, [unsent], "retry")).toMatchObject({ leaseHeld: true, hasUnread: false });
    expect((await db.claim(id)).unsent).toMatchObject([{ id: part.id, sends: 0 }]);
  });

  test("open conversations are those that wait with nobody holding them", async () => {
    const id = await db.one();
    expect(await db.store.unread(10)).toEqual([]);
    await db.sql`update conversations set unread_since = unread_since - interval '6 seconds'`;
    expect(await db.store.unread(10)).toEqual([id]);
    await db.claim(id);
    expect(await db.store.unread(10)).toEqual([]);
    await db.sql`update conversations set lease_expires_at = clock_timestamp()`;
    expect(await db.store.unread(10)).toEqual([id]);
  });

  test("a message that lands at the instant a turn ends is never stranded", async () => {
    for (let attempt = 0; attempt < runs(60); attempt++) {
      const id = await db.one(inbound({ from: `1555${1_000_000 + attempt}` }));
      const claim = await db.claim(id);
      await db.draft(claim);
      const newer = inbound({ from: `1555${1_000_000 + attempt}` });
      const [received, finished] = await Promise.all([db.receive([newer]), db.finish(claim)]);
      // Either the holder is told of it, or whoever stored it finds the conversation free.
      const successor = await db.store.claim(id, 30_000);
      expect(finished.hasUnread || received.conversationIds.includes(id)).toBe(true);
      expect(successor?.pending.map((m) => m.waMessageId)).toEqual([newer.waMessageId]);
    }
  });

  test("a reply whose second send was refused after the first was confirmed is no dead letter", async () => {
    const id = await db.one();
    const first = await db.claim(id);
    const part = textPart("¡Hola!");
    await db.draft(first, { parts: [part] });
    await db.receive([], [status({ opaqueId: part.id, status: "delivered" })]);
    const refused = {
      ...accepted(part.id, ""),
      waMessageId: null,
      outcome: "rejected",
      metaCode: 131_047,
    } as const;
    const finished = await db.finish(first, [refused], "dead", ["reengage"]);
    expect(finished).toEqual({ leaseHeld: true, hasUnread: false, handoff: null });
    const [turn] = await db.sql<{ state: string; handoffs: number }>`
      select state, (select count(*)::int from handoffs) as handoffs from turns`;
    expect(turn).toEqual({ state: "answered", handoffs: 0 });
    expect((await db.outbound()).map(({ state }) => state)).toEqual(["delivered"]);
  });
});
