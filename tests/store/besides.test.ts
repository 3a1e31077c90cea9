import { describe, expect, test } from "vitest";
import { handBack, takeOver } from "../../db/handoffs.ts";
import type { AccountEvent, OperatorEcho } from "../../lib/types/inbound.ts";
import type { ReceiveBatch } from "../../lib/types/inbox-store.ts";
import { describeStore } from "./describe-store.ts";
import { ANA, accepted, inbound, OUR_NUMBER, status, textPart } from "./support.ts";

const HOUR_MS = 3_600_000;

describeStore("what a webhook holds besides messages", (db) => {
  const receive = (batch: Partial<ReceiveBatch>) => db.receive([], [], {}, batch);
  const person = { phoneNumberId: OUR_NUMBER, from: ANA, fromUserId: null };
  const conversation = async () => {
    const [row] = await db.sql<{ status: string; open: number; hours: number | null }>`
      select status, (received_seq - answered_seq)::int as open,
             round(extract(epoch from window_ends_at - clock_timestamp()) / 3600)::int as hours from conversations`;
    return row;
  };
  let echoes = 0;
  const echo = (over: Partial<OperatorEcho> = {}): OperatorEcho => ({
    phoneNumberId: OUR_NUMBER,
    waMessageId: `wamid.echo.${++echoes}`,
    to: ANA,
    toUserId: null,
    timestampMs: Date.now(),
    type: "text",
    text: "I'll see to it",
    content: { body: "I'll see to it" },
    ...over,
  });
  /** A reply that Graph has taken; its id. */
  const replied = async (window = "1 hour") => {
    const id = await db.one();
    const claim = await db.claim(id);
    const part = textPart("reply");
    await db.draft(claim, { parts: [part] });
    await db.finish(claim, [accepted(part.id, `wamid.${part.id}`)]);
    await db.sql`update conversations set window_ends_at = clock_timestamp() + ${window}::interval`;
    return { id, sent: `wamid.${part.id}` };
  };

  test("a person's answer from the phone silences the bot, and stands in the history", async () => {
    const id = await db.one();
    const claim = await db.claim(id);
    await receive({ operatorEchoes: [echo()] });
    expect(await db.draft(claim)).toEqual({ outcome: "taken_over" });
    expect(await conversation()).toMatchObject({ status: "human", open: 0 });
    expect((await db.receive([inbound()])).conversationIds).toEqual([]);
    await handBack(db, id);
    const { history } = await db.claim(await db.one());
    expect(history).toContainEqual(expect.objectContaining({ direction: "out", text: "I'll see to it" }));
  });

  test("the bot comes back when nobody has answered from the phone for the pause, and the customer writes", async () => {
    await receive({ operatorEchoes: [echo({ timestampMs: Date.now() - 13 * HOUR_MS })] });
    expect(await conversation()).toMatchObject({ status: "human" });
    expect((await db.receive([inbound()])).conversationIds).toHaveLength(1);
    expect(await conversation()).toMatchObject({ status: "bot", open: 1 });
  });

  test("the same echo again, late, does not silence the bot again", async () => {
    const late = echo();
    await receive({ operatorEchoes: [late] });
    const [row] = await db.sql<{ id: string }>`select id from conversations`;
    await handBack(db, row?.id ?? "");
    await receive({ operatorEchoes: [late] });
    expect(await conversation()).toMatchObject({ status: "bot" });
  });

  test("a handoff after a conversation was given back is not ended by the pause of an earlier answer", async () => {
    await receive({ operatorEchoes: [echo({ timestampMs: Date.now() - 13 * HOUR_MS })] });
    const [row] = await db.sql<{ id: string }>`select id from conversations`;
    await handBack(db, row?.id ?? "");
    await takeOver(db, row?.id ?? "", { reason: "mine", summary: "later" });
    await db.receive([inbound()]);
    expect(await conversation()).toMatchObject({ status: "human" });
  });

  test("a call opens the window as a message does", async () => {
    await receive({ calls: [{ ...person, timestampMs: Date.now() }] });
    expect(await conversation()).toMatchObject({ hours: 24, open: 0 });
  });

  test("what another app owns is kept and not answered; a message that Meta gives to us is", async () => {
    await db.receive([inbound({ standby: true })], [], { startsTurn: false });
    expect(await conversation()).toMatchObject({ status: "other_app", open: 0 });
    expect((await db.receive([inbound()])).conversationIds).toHaveLength(1);
    expect(await conversation()).toMatchObject({ status: "bot", open: 1 });
  });

  test("a handover to another app withholds the reply that was being written", async () => {
    const claim = await db.claim(await db.one());
    await receive({ handovers: [{ ...person, ours: false, timestampMs: Date.now() }] });
    expect(await db.draft(claim)).toEqual({ outcome: "taken_over" });
    await receive({ handovers: [{ ...person, ours: true, timestampMs: Date.now() }] });
    expect(await conversation()).toMatchObject({ status: "bot" });
  });

  test("no marketing, and marketing again, are kept", async () => {
    const preference = { ...person, category: "marketing_messages", timestampMs: Date.now() };
    const wanted = async () =>
      (await db.sql<{ no: boolean }>`select no_marketing_at is not null as no from customers`)[0]?.no;
    await receive({ preferences: [{ ...preference, value: "stop" }] });
    expect(await wanted()).toBe(true);
    await receive({ preferences: [{ ...preference, value: "resume" }] });
    expect(await wanted()).toBe(false);
  });

  test("news of the account are kept once, and told when they are not good", async () => {
    const news = (event: string, severity: AccountEvent["severity"]): AccountEvent => ({
      phoneNumberId: null,
      accountId: "102290129340398",
      field: "account_update",
      event,
      severity,
      detail: { event },
      timestampMs: Date.now(),
      givenTimeMs: null,
    });
    const accountEvents = [news("ACCOUNT_VIOLATION", "critical"), news("PARTNER_ADDED", "info")];
    expect((await receive({ accountEvents })).alerts).toEqual([
      { tenantId: null, field: "account_update", event: "ACCOUNT_VIOLATION", severity: "critical" },
    ]);
    expect((await receive({ accountEvents })).alerts).toEqual([]);
    expect(await db.sql`select event from account_events order by event`).toEqual([
      { event: "ACCOUNT_VIOLATION" },
      { event: "PARTNER_ADDED" },
    ]);
  });

  test("what a customer changed or took back is what the model reads", async () => {
    const wrong = inbound({ text: "order 1042" });
    const secret = inbound({ text: "my card is 4111" });
    await db.receive([wrong, secret]);
    const change = (type: string, content: InboundContent) =>
      db.receive([inbound({ type, text: null, content })], [], { startsTurn: false });
    await change("edit", {
      original_message_id: wrong.waMessageId,
      message: { type: "text", text: { body: "order 1077" } },
    });
    await change("revoke", { original_message_id: secret.waMessageId });
    const [row] = await db.sql<{ id: string }>`select id from conversations`;
    const claim = await db.claim(row?.id ?? "");
    expect(claim.pending.map(({ text }) => text)).toEqual(["order 1077"]);
    expect(JSON.stringify(claim)).not.toContain("4111");
    expect(
      await db.sql`select 1 from messages where text like '%4111%' or content::text like '%4111%'`,
    ).toEqual([]);
  });

  test("nobody changes what somebody else wrote", async () => {
    const hers = inbound({ text: "mine" });
    await db.receive([hers]);
    const theirs = inbound({
      from: "51911111111",
      type: "revoke",
      text: null,
      content: { original_message_id: hers.waMessageId },
    });
    await db.receive([theirs], [], { startsTurn: false });
    expect(await db.sql`select state, text from messages where wa_message_id = ${hers.waMessageId}`).toEqual([
      { state: "received", text: "mine" },
    ]);
  });

  describe("a reply that Meta could not deliver", () => {
    const failed = (sent: string, code: number) =>
      db.receive([], [status({ waMessageId: sent, status: "failed", metaCodes: [code] })]);

    test("because the window had closed goes to a person, who is told once", async () => {
      const { id, sent } = await replied();
      expect((await failed(sent, 131_047)).handoffs).toMatchObject([
        { conversationId: id, reason: "window_closed", language: "es" },
      ]);
      expect((await failed(sent, 131_047)).handoffs).toEqual([]);
      expect(await conversation()).toMatchObject({ status: "human" });
    });

    test("because the window had closed is followed by the company's template, once a day", async () => {
      const { id, sent } = await replied();
      const reengagement = { name: "we_have_news", languageCodes: { es: "es", pt: "pt_BR" } };
      await db.sql`update tenants set profile = profile || ${JSON.stringify({ reengagement })}::jsonb`;
      // To be sent at once, not when somebody comes by.
      expect(await failed(sent, 131_047)).toMatchObject({ handoffs: [], conversationIds: [id] });
      const claim = await db.claim(id);
      expect(claim).toMatchObject({
        pending: [],
        unsent: [{ sends: 0, message: { kind: "template", name: "we_have_news", languageCode: "es" } }],
      });
      const [template] = claim.unsent;
      await db.store.beginResend(claim, [template?.id ?? ""], 30_000);
      await db.finish(claim, [accepted(template?.id ?? "", "wamid.template")]);
      expect(await conversation()).toMatchObject({ status: "bot", open: 0 });
      await failed("wamid.template", 131_047);
      expect(await conversation()).toMatchObject({ status: "human" });
    });

    test("is left alone when the customer wrote meanwhile: the next answer reaches them", async () => {
      const { sent } = await replied();
      await db.receive([inbound()]);
      expect((await failed(sent, 131_047)).handoffs).toEqual([]);
      expect(await conversation()).toMatchObject({ status: "bot", open: 1 });
    });

    test("marks a person who cannot be reached until they write again", async () => {
      const { sent } = await replied();
      const reachable = async () =>
        (await db.sql<{ is: boolean }>`select unreachable_at is null as is from customers`)[0]?.is;
      await failed(sent, 131_026);
      expect(await reachable()).toBe(false);
      await db.receive([inbound()]);
      expect(await reachable()).toBe(true);
    });

    test("is acted upon when the report was quicker than our own record", async () => {
      const id = await db.one();
      const claim = await db.claim(id);
      const part = textPart("reply");
      await db.draft(claim, { parts: [part] });
      await failed("wamid.quick", 131_047);
      expect(await db.finish(claim, [accepted(part.id, "wamid.quick")])).toMatchObject({
        handoff: { reason: "window_closed" },
      });
    });

    test("is not believed of another number's message", async () => {
      const { sent } = await replied();
      const forged = status({
        phoneNumberId: "999",
        waMessageId: sent,
        status: "failed",
        metaCodes: [131_047],
      });
      expect(await db.receive([], [forged], {}, { phoneNumberIds: [OUR_NUMBER, "999"] })).toMatchObject({
        statusesApplied: 0,
        handoffs: [],
      });
      expect(await db.outbound()).toMatchObject([{ state: "sent" }]);
    });
  });
});

type InboundContent = Parameters<typeof inbound>[0] extends infer Over
  ? Over extends { content?: infer Content }
    ? Content
    : never
  : never;
