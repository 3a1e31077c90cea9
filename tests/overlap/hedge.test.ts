import { MockLanguageModelV3 } from "ai/test";
import { describe, expect, test } from "vitest";
import { patientModel } from "../../lib/model/ask.ts";
import { createHedge, type Hedge } from "../../lib/model/hedge.ts";
import { startWorld } from "../support/world.ts";
import { stillClock } from "./still-clock.ts";

interface Copy {
  signal: AbortSignal;
  answer(value: string): void;
  fail(error: Error): void;
}

/** A hedge, and the copies of its calls as a service would see them. */
function watched(hedge: Hedge = createHedge()) {
  const { clock, pass } = stillClock();
  const copies: Copy[] = [];
  const discarded: number[] = [];
  const call = (signal: AbortSignal) =>
    new Promise<string>((answer, fail) => copies.push({ signal, answer, fail }));
  let ending = new AbortController();
  const ask = () => {
    ending = new AbortController();
    const asking = { clock, signal: ending.signal, onDiscarded: () => discarded.push(1) };
    return hedge.ask("small text", call, asking);
  };
  const last = () => copies.at(-1) ?? expect.unreachable();
  const usual = async (count: number, ms = 1_000) => {
    for (let calls = 0; calls < count; calls++) {
      const asked = ask();
      await pass(ms);
      last().answer("usual");
      await asked;
    }
  };
  return { ask, copies, discarded, end: () => ending.abort(), last, pass, usual };
}

describe("a call that is slower than nearly all before it", () => {
  test("is made once more, and the first answer counts", async () => {
    const { ask, copies, discarded, last, pass, usual } = watched();
    await usual(50);
    const asked = ask();
    await pass(999);
    expect(copies).toHaveLength(51);
    await pass(2);
    expect(copies).toHaveLength(52);
    last().answer("the second one's");
    expect(await asked).toBe("the second one's");
    expect(copies[50]?.signal.aborted).toBe(true);
    expect(discarded).toEqual([1]);
  });

  test("counts itself when it comes first after all", async () => {
    const { ask, copies, discarded, last, pass, usual } = watched();
    await usual(50);
    const asked = ask();
    await pass(1_001);
    copies[50]?.answer("the first one's");
    expect(await asked).toBe("the first one's");
    expect(last().signal.aborted).toBe(true);
    expect(discarded).toEqual([1]);
  });

  test("is not when it fails, which others decide about, and one failure of two is none", async () => {
    const { ask, copies, discarded, last, pass, usual } = watched();
    await usual(50);
    const failing = ask();
    await pass(10);
    last().fail(new Error("refused"));
    await expect(failing).rejects.toThrow("refused");
    expect(copies).toHaveLength(51);
    const asked = ask();
    await pass(1_001);
    copies[51]?.fail(new Error("refused"));
    await pass(1);
    last().answer("the second one's");
    expect(await asked).toBe("the second one's");
    expect(discarded).toEqual([]);
  });

  test("is not before enough calls were seen, nor for what is quick", async () => {
    const few = watched();
    await few.usual(49);
    const asked = few.ask();
    await few.pass(60_000);
    expect(few.copies).toHaveLength(50);
    few.last().answer("late");
    await asked;
    const quick = watched();
    await quick.usual(50, 5);
    const next = quick.ask();
    await quick.pass(499);
    expect(quick.copies).toHaveLength(51);
    quick.last().answer("usual");
    await next;
  });

  test("is not when nobody waits for it any more", async () => {
    const { ask, copies, end, last, pass, usual } = watched();
    await usual(50);
    const asked = ask();
    await pass(500);
    end();
    expect(last().signal.aborted).toBe(true);
    await pass(1_000);
    expect(copies).toHaveLength(51);
    last().fail(new Error("aborted"));
    await expect(asked).rejects.toThrow("aborted");
  });

  test("however many are slow, 2 % of all calls are made twice at most", async () => {
    const { ask, copies, pass, usual } = watched();
    await usual(50);
    for (let calls = 0; calls < 450; calls++) {
      const asked = ask();
      const before = copies.length;
      // Slower each time, so that each is the slowest yet.
      await pass(2_000 + 10 * calls);
      copies[before - 1]?.answer("slow");
      await asked;
    }
    expect(copies.length - 500).toBeLessThanOrEqual(10);
    expect(copies.length - 500).toBeGreaterThanOrEqual(9);
  });
});

test("a stream is never asked for twice", async () => {
  let hedged = 0;
  const hedge: Hedge = {
    ask: (_, call, { signal }) => {
      hedged += 1;
      return Promise.resolve(call(signal));
    },
  };
  const model = new MockLanguageModelV3({
    doStream: () => Promise.reject(new Error("no stream here")),
    doGenerate: () => Promise.reject(new Error("nothing either")),
  });
  const signal = new AbortController().signal;
  const asking = { clock: stillClock().clock, endsAtMs: 1_000, maxPauseMs: 0, signal, onLostCall: () => {} };
  const patient = patientModel({ model, hedge }, asking);
  const prompt = [{ role: "user" as const, content: [{ type: "text" as const, text: "hola" }] }];
  await expect(patient.doStream({ prompt })).rejects.toThrow("no stream here");
  expect(hedged).toBe(0);
  await expect(patient.doGenerate({ prompt })).rejects.toThrow("nothing either");
  expect(hedged).toBe(1);
});

test("what a call made twice cost is booked with its turn, as discarded", async () => {
  const world = await startWorld({
    env: { REPLY_OVERLAP: "off", MODEL_HEDGE: "on", REPLY_TIMEOUT_MS: "60000" },
  });
  try {
    const people = Array.from({ length: 50 }, (_, index) => world.customer(`519140070${10 + index}`));
    for (const somebody of people) {
      await somebody.send("hola");
      await somebody.waitForReply();
    }
    const ana = world.customer("51914008000");
    let replies = 0;
    world.model.setFault(({ kind }) => (kind !== "classify" && replies++ === 0 ? { hang: true } : null));
    await ana.send("hola");
    await ana.waitForReply();
    await world.drain();
    expect(replies).toBe(2);
    const [turn] = await world.sql<{ discarded: number; rung: string; usd: number; errors: string[] }>`
      select rung, errors, cost_usd::float8 as usd, (models -> 1 -> 'discarded' ->> 'costUsd')::float8 as discarded
        from turns order by started_at desc limit 1`;
    expect(turn).toMatchObject({ rung: "full", errors: [] });
    expect(turn?.discarded).toBeGreaterThan(0);
    expect(turn?.usd).toBeGreaterThan(turn?.discarded ?? Number.POSITIVE_INFINITY);
  } finally {
    await world.close();
  }
});
