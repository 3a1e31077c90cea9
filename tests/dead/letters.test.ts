import { expect, test } from "vitest";
import { deadLetter, deadLetters, dropDead, replayDead } from "../../db/dead.ts";
import { takeOver } from "../../db/handoffs.ts";
import { describeStore } from "../store/describe-store.ts";
import { accepted, inbound, textPart } from "../store/support.ts";

describeStore("dead letters", (db) => {
  const recent = (text: string) => inbound({ text, timestampMs: Date.now() });
  const rejected = (id: string, metaCode: number) =>
    ({ id, outcome: "rejected", sends: 1, waMessageId: null, metaCode }) as const;

  /** Two messages whose reply was refused after its first part had gone out. */
  async function refusedTurn(code = 131026) {
    const conversation = await db.one(recent("hola"));
    await db.receive([recent("¿hay alguien?")]);
    const claim = await db.claim(conversation);
    const parts = [textPart("first"), textPart("second"), textPart("third")] as const;
    await db.draft(claim, { parts });
    const [first, second, third] = parts;
    const unsent = { id: third.id, outcome: "unsent", sends: 1, waMessageId: null, metaCode: null } as const;
    await db.finish(
      claim,
      [accepted(first.id, `wamid.${first.id}`), rejected(second.id, code), unsent],
      "dead",
    );
    return { conversation, turn: claim.turnId };
  }

  test("a list says what died and why, and holds nobody's words", async () => {
    const { conversation, turn } = await refusedTurn();
    const letters = await deadLetters(db);
    expect(letters).toMatchObject([
      {
        id: turn,
        conversationId: conversation,
        reason: "refused",
        codes: ["send:graph_131026"],
        messages: 2,
        partsSent: 1,
        withOperator: false,
        windowOpen: true,
      },
    ]);
    expect(JSON.stringify(letters)).not.toMatch(/hola|first|Ana|51987654321/);
  });

  test("one letter is shown with the words of both sides and who the customer is", async () => {
    const { turn } = await refusedTurn();
    const letter = await deadLetter(db, turn);
    expect(letter?.customer).toMatchObject({ name: "Ana", phone: "51987654321" });
    expect(letter?.inbound.map(({ text }) => text)).toEqual(["hola", "¿hay alguien?"]);
    expect(letter?.outbound.map(({ text, state }) => [text, state])).toEqual([
      ["first", "sent"],
      ["second", "failed"],
      ["third", "draft"],
    ]);
  });

  test("Meta's code for a closed window is named as the reason", async () => {
    await refusedTurn(131047);
    expect(await deadLetters(db)).toMatchObject([{ reason: "window_closed" }]);
  });

  test("a turn that failed every time says what each try died of", async () => {
    const conversation = await db.one(recent("hola"));
    await db.claim(conversation, 0);
    const failing = await db.claim(conversation, 0);
    const failure = {
      result: "retry",
      reason: null,
      parts: [],
      effects: [],
      retryAfterMs: 0,
      handoffNotified: false,
      record: null,
    } as const;
    await db.store.finish({ claim: failing, ...failure, failure: "turn:unreachable" });
    await db.finish(await db.claim(conversation), [], "dead");
    expect(await deadLetters(db)).toMatchObject([
      { reason: "failed_repeatedly", codes: ["holder_died", "turn:unreachable"] },
    ]);
  });

  test("a replay makes the messages pending again behind all others, once, and keeps what was sent", async () => {
    const { conversation, turn } = await refusedTurn();
    await db.receive([recent("¿y?")]);
    const both = await Promise.all([replayDead(db, turn), replayDead(db, turn)]);
    expect(both.map(({ outcome }) => outcome).toSorted()).toEqual(["not_found", "replayed"]);
    expect(both).toContainEqual({ outcome: "replayed", messages: 2 });
    const claim = await db.claim(conversation);
    expect(claim.unsent).toEqual([]);
    expect(claim.pending.map(({ text }) => text)).toEqual(["hola", "¿hay alguien?", "¿y?"]);
    expect(claim.throughSeq).toBe(5);
    expect((await db.outbound()).map(({ state }) => state)).toEqual(["sent", "failed", "withheld"]);
    await db.draft(claim);
    expect(await db.finish(claim)).toMatchObject({ leaseHeld: true, hasUnread: false });
    expect(await deadLetters(db)).toEqual([]);
    expect(await db.sql`select distinct state from messages where direction = 'in'`).toEqual([
      { state: "received" },
    ]);
  });

  test("a replayed conversation is found by resume although nobody writes", async () => {
    const { conversation, turn } = await refusedTurn();
    await replayDead(db, turn);
    await db.sql`update conversations set unread_since = unread_since - interval '6 seconds'`;
    expect(await db.store.unread(10)).toEqual([conversation]);
  });

  test("a replay while a turn runs makes its draft go round again over all of it", async () => {
    const { conversation, turn } = await refusedTurn();
    await db.receive([recent("¿y?")]);
    const running = await db.claim(conversation);
    await replayDead(db, turn);
    expect(await db.draft(running)).toEqual({ outcome: "overtaken" });
    expect((await db.claim(conversation)).pending).toHaveLength(3);
  });

  test("nothing is replayed to a person or into a closed window", async () => {
    const { conversation, turn } = await refusedTurn();
    await db.sql`update conversations set window_ends_at = clock_timestamp()`;
    expect(await replayDead(db, turn)).toEqual({ outcome: "window_closed" });
    await takeOver(db, conversation, { reason: "agent", summary: "" });
    expect(await replayDead(db, turn)).toEqual({ outcome: "with_operator" });
    expect(await deadLetters(db)).toMatchObject([{ id: turn, withOperator: true, windowOpen: false }]);
  });

  test("a dropped letter is gone from the list, and its messages stay unanswered", async () => {
    const { conversation, turn } = await refusedTurn();
    expect(await dropDead(db, turn)).toEqual({ outcome: "dropped", messages: 2 });
    expect(await dropDead(db, turn)).toEqual({ outcome: "not_found" });
    expect(await replayDead(db, turn)).toEqual({ outcome: "not_found" });
    expect(await deadLetters(db)).toEqual([]);
    expect(await db.store.claim(conversation, 30_000)).toBeNull();
  });

  test("a turn that is not dead, or not there, is neither shown nor replayed", async () => {
    const { turnId } = await db.claim(await db.one());
    for (const id of [turnId, crypto.randomUUID()]) {
      expect(await deadLetter(db, id)).toBeNull();
      expect(await replayDead(db, id)).toEqual({ outcome: "not_found" });
    }
  });
});
