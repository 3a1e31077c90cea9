import { expect, test } from "vitest";
import type { Claim } from "../../lib/types/turn-store.ts";
import { describeStore } from "./describe-store.ts";
import { accepted, inbound, OUR_NUMBER, textPart } from "./support.ts";

describeStore("Meta's rules in the store", (db) => {
  const closeWindow = () => db.sql`update conversations set window_ends_at = clock_timestamp()`;
  const optedOut = async () =>
    (await db.sql<{ out: boolean }>`select opted_out_at is not null as out from customers`)[0]?.out;

  test("outside the window nothing free-form is written down, and the claim gives no proof of one", async () => {
    const id = await db.one();
    const claim = await db.claim(id, 0);
    await closeWindow();
    expect((await db.claim(id)).window).toBeNull();
    expect(await db.draft({ ...claim, epoch: claim.epoch + 1 })).toEqual({ outcome: "window_closed" });
    expect(await db.outbound()).toEqual([]);
  });

  test("a message that Meta held back for two days opens no window; one without a credible time does", async () => {
    const day = 24 * 3_600_000;
    const late = await db.one(inbound({ timestampMs: Date.now() - 2 * day }));
    expect((await db.claim(late)).window).toBeNull();
    const old = await db.one(inbound({ from: "51911111111", timestampMs: Date.UTC(2025, 0, 1) }));
    expect((await db.claim(old)).window).toMatchObject({ endsAtMs: expect.any(Number) });
  });

  test("who asks for no more is answered once, and then nothing starts a turn until they take it back", async () => {
    const stop = { opt: "stop" as const };
    const id = await db.one();
    await db.receive([inbound({ text: "stop" })], [], stop);
    const claim = await db.claim(id);
    expect(claim.customer.optedOut).toBe(true);
    expect(claim.pending.map(({ opt }) => opt)).toEqual([null, "stop"]);
    await db.draft(claim);
    await db.finish(claim);
    expect((await db.receive([inbound()])).conversationIds).toEqual([]);
    expect((await db.receive([inbound({ text: "stop" })], [], stop)).conversationIds).toEqual([]);
    expect((await db.receive([inbound({ text: "alta" })], [], { opt: "start" })).conversationIds).toEqual([
      id,
    ]);
    expect(await optedOut()).toBe(false);
    expect((await db.receive([inbound()])).conversationIds).toEqual([id]);
  });

  test("a word that may answer our last message is left to the turn, which can still opt out by it", async () => {
    const bare = { opt: "stop" as const, optUnlessAnswer: "baja" };
    const answer = async (claim: Claim, text: string) => {
      const part = textPart(text);
      await db.draft(claim, { parts: [part] });
      await db.finish(claim, [accepted(part.id, `wamid.${part.id}`)]);
    };
    const id = await db.one();
    await answer(await db.claim(id), "¿Alta o baja?");
    await db.receive([inbound({ text: "baja" })], [], bare);
    expect(await optedOut()).toBe(false);
    const asked = await db.claim(id);
    expect(asked.pending).toMatchObject([{ text: "baja", opt: null }]);
    expect(await db.draft(asked, { optOut: asked.pending[0]?.id ?? "" })).toMatchObject({ outcome: "send" });
    expect(await optedOut()).toBe(true);
    expect(await db.sql`select opt from messages where text = 'baja'`).toEqual([{ opt: "stop" }]);
  });

  test("the same word is an opt-out when we asked nothing, or when it quotes what asks nothing", async () => {
    const bare = { opt: "stop" as const, optUnlessAnswer: "baja" };
    const id = await db.one();
    for (const text of ["Tenemos ponchos.", "¿Talla?"]) {
      const claim = await db.claim(id);
      const part = textPart(text);
      await db.draft(claim, { parts: [part] });
      await db.finish(claim, [accepted(part.id, `wamid.said.${text.length}`)]);
      await db.receive([inbound({ text: "ok" })]);
    }
    await db.receive([inbound({ text: "baja", contextId: "wamid.said.16" })], [], bare);
    expect(await optedOut()).toBe(true);
  });

  test("with an operator only a word that we named is left out: no turn decides there", async () => {
    const bare = { opt: "stop" as const, optUnlessAnswer: "baja" };
    const id = await db.one();
    const claim = await db.claim(id);
    const handoff = { reason: "customer_request", summary: "" };
    const part = textPart("¿Una persona?");
    await db.draft(claim, { parts: [part], handoff });
    await db.finish(claim, [accepted(part.id, "wamid.handed")]);
    await db.receive([inbound({ text: "baja" })], [], bare);
    expect(await optedOut()).toBe(true);
  });

  test("an opt-out that the turn tells holds although newer messages came, and withholds what waits", async () => {
    const id = await db.one(inbound({ type: "audio", text: null, content: { id: "m1", voice: true } }));
    const claim = await db.claim(id);
    await db.receive([inbound({ text: "¿hola?" })]);
    const optOut = claim.pending[0]?.id ?? "";
    expect(await db.draft(claim, { optOut, evenIfOvertaken: true })).toEqual({ outcome: "overtaken" });
    const next = await db.claim(id);
    expect(next.customer.optedOut).toBe(true);
    expect(next.pending.map(({ opt }) => opt)).toEqual(["stop", null]);
    expect(await db.draft(next)).toMatchObject({ outcome: "send" });
  });

  test("a message of another conversation, or older than a start, opts nobody out", async () => {
    const id = await db.one(inbound({ text: "hola" }));
    const other = await db.one(inbound({ from: "51911111111", text: "hola" }));
    const theirs = (await db.claim(other)).pending[0]?.id ?? "";
    const claim = await db.claim(id);
    expect(await db.draft(claim, { optOut: theirs })).toMatchObject({ outcome: "send" });
    expect(await db.sql`select from customers where opted_out_at is not null`).toEqual([]);
  });

  test("a question after an opt-out starts one turn, for the way back, and no more until the next opt-out", async () => {
    const asks = { asks: true };
    const id = await db.one(inbound({ text: "hola" }));
    await db.receive([inbound({ text: "stop" })], [], { opt: "stop" });
    const claim = await db.claim(id);
    await db.draft(claim);
    await db.finish(claim);
    const again = await db.receive([inbound({ text: "gracias" })]);
    expect(again.conversationIds).toEqual([]);
    const question = inbound({ text: "¿precio?" });
    expect((await db.receive([question], [], asks)).conversationIds).toEqual([id]);
    expect((await db.receive([question], [], asks)).duplicates).toBe(1);
    expect((await db.receive([inbound({ text: "¿y?" })], [], asks)).conversationIds).toEqual([id]);
    expect((await db.sql`select from messages where state = 'opted_out'`).length).toBe(2);
  });

  test("a start by somebody who never stopped is a message like any other", async () => {
    const id = await db.one(inbound({ text: "start" }));
    expect((await db.claim(id)).pending).toMatchObject([{ opt: null }]);
  });

  test("the newest word counts, in whatever order they come, and a redelivery changes nothing", async () => {
    const stop = inbound({ text: "stop" });
    const start = inbound({ text: "start", timestampMs: stop.timestampMs + 5_000 });
    await db.receive([stop], [], { opt: "stop" });
    await db.receive([start], [], { opt: "start" });
    await db.receive([stop], [], { opt: "stop" });
    await db.receive([inbound({ text: "stop", timestampMs: stop.timestampMs + 1_000 })], [], { opt: "stop" });
    expect(await optedOut()).toBe(false);
  });

  test("a reply that must stand although newer messages came does not stand against a stop", async () => {
    const claim = await db.claim(await db.one());
    await db.receive([inbound({ text: "stop" })], [], { opt: "stop" });
    expect(await db.draft(claim, { evenIfOvertaken: true })).toEqual({ outcome: "overtaken" });
    expect(await db.outbound()).toEqual([]);
  });

  test("a written reply that was not begun to be sent is withheld by a stop", async () => {
    const id = await db.one();
    const claim = await db.claim(id);
    const part = textPart("later");
    await db.draft(claim, { parts: [part] });
    const unsent = { id: part.id, outcome: "unsent" as const, sends: 1, waMessageId: null, metaCode: null };
    await db.finish(claim, [unsent], "retry");
    await db.receive([inbound({ text: "stop" })], [], { opt: "stop" });
    expect((await db.claim(id)).unsent).toEqual([]);
    expect(await db.outbound()).toMatchObject([{ state: "withheld" }]);
  });

  test("44 messages more may follow one to the same person at once; then each waits 6 s", async () => {
    const id = await db.one();
    const claim = await db.claim(id);
    const parts = Array.from({ length: 45 }, (_each, index) => textPart(`part ${index}`));
    expect(await db.draft(claim, { parts })).toMatchObject({ outcome: "send", waitMs: 0 });
    await db.finish(
      claim,
      parts.map((part) => accepted(part.id, `wamid.${part.id}`)),
    );
    await db.receive([inbound()]);
    const next = await db.draft(await db.claim(id));
    expect(next).toMatchObject({ outcome: "send", waitMs: expect.any(Number) });
    const waitMs = "waitMs" in next ? next.waitMs : 0;
    expect(waitMs).toBeGreaterThan(0);
    expect(waitMs).toBeLessThanOrEqual(6_000);
  });

  test("a number whose throughput is known spaces its messages, what came in included; another does not wait", async () => {
    const throughputs = { [OUR_NUMBER]: 2 };
    const reply = async (number: string, index: number) => {
      const from = `5197000${1000 + index}`;
      const batch = { phoneNumberIds: [OUR_NUMBER, "999"], throughputs };
      const received = await db.receive([inbound({ phoneNumberId: number, from })], [], {}, batch);
      const drafted = await db.draft(await db.claim(received.conversationIds[0] ?? ""));
      return "waitMs" in drafted ? drafted.waitMs : -1;
    };
    const waits = [];
    for (let index = 0; index < 5; index++) waits.push(await reply(OUR_NUMBER, index));
    // Five in and five out at two a second are worked off in five seconds.
    expect(waits.at(-1)).toBeGreaterThan(1_000);
    expect(await reply("999", 99)).toBe(0);
  });

  test("a number that Meta refused for its rate is spaced from then on", async () => {
    const id = await db.one();
    const claim = await db.claim(id);
    await db.draft(claim);
    await db.finish(claim, [], "retry", ["slow_down"]);
    expect(await db.sql`select throughput from tenants`).toEqual([{ throughput: 80 }]);
  });

  test("what was read in a medium is kept with its message, also when the reply was overtaken", async () => {
    const id = await db.one(inbound({ type: "audio", text: null, content: { id: "m1", voice: true } }));
    const claim = await db.claim(id);
    await db.receive([inbound()]);
    const readings = [{ messageId: claim.pending[0]?.id ?? "", text: "where is my order" }];
    expect(await db.draft(claim, { readings })).toEqual({ outcome: "overtaken" });
    expect((await db.claim(id)).pending).toMatchObject([{ reading: "where is my order" }, { reading: null }]);
  });

  test("the model is told which message was answered or reacted to, of its own conversation alone", async () => {
    const id = await db.one();
    const claim = await db.claim(id);
    const part = textPart("Which size?");
    await db.draft(claim, { parts: [part] });
    await db.finish(claim, [accepted(part.id, "wamid.asked")]);
    await db.receive([inbound({ contextId: "wamid.asked", text: "M" })]);
    await db.receive([inbound({ from: "51911111111", contextId: "wamid.asked", text: "what?" })]);
    expect((await db.claim(id)).pending).toMatchObject([{ text: "M", quoted: "Which size?" }]);
    const [other] = await db.sql<{ id: string }>`select id from conversations where id <> ${id}::uuid`;
    expect((await db.claim(other?.id ?? "")).pending).toMatchObject([{ quoted: null }]);
  });
});
