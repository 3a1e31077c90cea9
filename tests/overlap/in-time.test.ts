import { describe, expect, test } from "vitest";
import { inTime } from "../../lib/turn/ahead/in-time.ts";
import type { Said } from "../../lib/turn/outgoing/review.ts";
import { classifyWithinMs, fallbackTimes } from "../../lib/turn/state/due.ts";
import { givesWay, type Writing } from "../../lib/turn/state/give-way.ts";
import { gate } from "../support/gate.ts";
import { stillClock } from "./still-clock.ts";

const NO_TOOLS = {
  named: () => ({}),
  reads: () => true,
  handoff: () => null,
  extra: () => null,
  asks: () => null,
  startAttempt() {},
};
const GUESS = { intent: "order_status", confidence: 0.97, sure: false, likely: true, version: "1" } as const;

/** A turn whose message arrived now and was written a while before; a reply is due three seconds later. */
function arrived({ writtenBeforeMs = 400, waitTargetMs = 3_000 as number | null, intentLocal = "on" } = {}) {
  const { clock, pass } = stillClock();
  const pending = [{ timestampMs: -writtenBeforeMs }];
  const deps = { clock, intentLocal, limits: { waitTargetMs } };
  return {
    pass,
    turn: { claim: { pending }, deps, receivedAtMs: 0 } as unknown as Parameters<typeof givesWay>[0],
  };
}

describe("what is left of a customer's three seconds", () => {
  test("is what a classification may take, but for the reply's usual time", async () => {
    const { turn, pass } = arrived();
    expect(classifyWithinMs(turn)).toBe(1_500);
    await pass(600);
    expect(classifyWithinMs(turn)).toBe(900);
  });

  test("hurries no classification where no reply could come in time behind it", async () => {
    const { turn, pass } = arrived();
    await pass(1_000);
    expect(classifyWithinMs(turn)).toBeNull();
  });

  test("is what a first model has before another is asked, though never less than a second", async () => {
    const { turn, pass } = arrived();
    expect(fallbackTimes(turn, false)).toEqual({ afterMs: 2_100, dueMs: 2_800 });
    await pass(1_500);
    expect(fallbackTimes(turn, false)?.afterMs).toBe(1_000);
    expect(fallbackTimes(turn, true)?.afterMs).toBe(600);
    await pass(700);
    expect(fallbackTimes(turn, true)).toBeNull();
  });

  test.each([
    ["a message that was waiting already", { writtenBeforeMs: 60_000 }],
    ["any, where there is no target", { waitTargetMs: null }],
  ])("is not counted for %s", (_, message) => {
    const { turn } = arrived(message);
    expect([classifyWithinMs(turn), fallbackTimes(turn, true)]).toEqual([null, null]);
  });
});

describe("a classification", () => {
  const signal = new AbortController().signal;
  const writing = (intent: Writing["intent"], over: Promise<unknown>, isWritten = () => true) => ({
    begin() {},
    reply: () => ({ intent, over, isWritten }),
  });

  test("gives way when the reply has to begin", async () => {
    const { turn, pass } = arrived();
    const ways: boolean[] = [];
    void givesWay(turn, Promise.resolve(null), { begin() {}, reply: () => null }, signal).then((way) =>
      ways.push(way),
    );
    await pass(1_499);
    expect(ways).toEqual([]);
    await pass(1);
    expect(ways).toEqual([true]);
  });

  test("does not while the likely reply is being written, and then where its guess is likely", async () => {
    const { turn, pass } = arrived();
    const over = gate();
    const ways: boolean[] = [];
    void givesWay(turn, Promise.resolve(GUESS), writing("order_status", over.promise), signal).then((way) =>
      ways.push(way),
    );
    await pass(2_000);
    expect(ways).toEqual([]);
    over.open();
    await pass(0);
    expect(ways).toEqual([true]);
  });

  test.each([
    ["unlikely", { ...GUESS, likely: false }, { about: "order_status", isWritten: true, local: "on" }],
    ["about something else", GUESS, { about: "complaint", isWritten: true, local: "on" }],
    ["likely, and its reply failed", GUESS, { about: "order_status", isWritten: false, local: "on" }],
    ["in shadow", GUESS, { about: "order_status", isWritten: true, local: "shadow" }],
  ] as const)("never does then where the guess is %s", async (_, guess, reply) => {
    const { turn, pass } = arrived({ intentLocal: reply.local });
    const way = givesWay(
      turn,
      Promise.resolve(guess),
      writing(reply.about, Promise.resolve(), () => reply.isWritten),
      signal,
    );
    await pass(1_500);
    expect(await way).toBe(false);
  });
});

/** An attempt that ends as the test says. */
function attempt(hasActed = false) {
  const end = gate<Said | Error>();
  const fate: string[] = [];
  const attempting = {
    ...{ tools: NO_TOOLS, said: end.promise, hasActed: () => hasActed },
    ...{ keep: () => void fate.push("kept"), discard: () => void fate.push("discarded") },
  };
  return {
    attempting,
    fate,
    says: (markdown: string) => end.open({ markdown, extra: null }),
    fails: end.open,
  };
}

describe("a first model that is late", () => {
  const racing = (hasActed = false) => {
    const { clock, pass } = stillClock();
    const [first, second] = [attempt(hasActed), attempt()];
    let begun = 0;
    const begin = () => {
      begun += 1;
      return second.attempting;
    };
    const won = inTime(first.attempting, { afterMs: 2_000, dueMs: 2_800, begin }, clock);
    return { first, second, pass, won, begun: () => begun };
  };

  test("answers alone where it is none", async () => {
    const { first, pass, won, begun } = racing();
    await pass(1_999);
    first.says("in time");
    expect(await won).toMatchObject({ said: { markdown: "in time" }, instead: null });
    expect([begun(), first.fate]).toEqual([0, ["kept"]]);
  });

  test("is left for the fallback model's reply when that is there and its own is due", async () => {
    const { first, second, pass, won } = racing();
    await pass(2_000);
    second.says("the other's");
    await pass(799);
    expect(second.fate).toEqual([]);
    await pass(1);
    expect(await won).toMatchObject({ said: { markdown: "the other's" }, instead: "late" });
    expect([first.fate, second.fate]).toEqual([["discarded"], ["kept"]]);
  });

  test("answers when it is in time after all, although the other was sooner", async () => {
    const { first, second, pass, won } = racing();
    await pass(2_000);
    second.says("the other's");
    await pass(700);
    first.says("in time");
    expect(await won).toMatchObject({ said: { markdown: "in time" }, instead: null });
    expect([first.fate, second.fate]).toEqual([["kept"], ["discarded"]]);
  });

  test("answers all the same when it comes first, or the other fails", async () => {
    for (const failing of [false, true]) {
      const { first, second, pass, won } = racing();
      await pass(2_000);
      if (failing) second.fails(new Error("busy"));
      await pass(500);
      first.says("late, but first");
      expect(await won).toMatchObject({ said: { markdown: "late, but first" }, instead: null });
      expect([first.fate, second.fate]).toEqual([["kept"], ["discarded"]]);
    }
  });

  test("that fails then has its place taken as soon as the other has a reply", async () => {
    const { first, second, pass, won } = racing();
    await pass(2_000);
    const failure = new Error("broke off");
    first.fails(failure);
    await pass(500);
    second.says("the other's");
    expect(await won).toMatchObject({ said: { markdown: "the other's" }, instead: failure });
  });

  test("is waited for once it has acted", async () => {
    const { first, pass, won, begun } = racing(true);
    await pass(4_000);
    first.says("a person will come");
    expect(await won).toMatchObject({ instead: null });
    expect(begun()).toBe(0);
  });
});
