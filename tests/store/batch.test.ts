import { expect, test } from "vitest";
import { createBatch } from "../../db/batch.ts";
import { gate } from "../support/gate.ts";

const never = () => false;

test("a call alone goes at once; those that come meanwhile go together, each with its own answer", async () => {
  const first = gate();
  const seen: number[][] = [];
  const double = createBatch(async (inputs: readonly number[]) => {
    seen.push([...inputs]);
    if (seen.length === 1) await first.promise;
    return inputs.map((input) => input * 2);
  }, never);
  const answers = Array.from({ length: 40 }, (_, index) => double(index));
  expect(seen).toEqual([[0]]);
  first.open();
  expect(await Promise.all(answers)).toEqual(Array.from({ length: 40 }, (_, index) => index * 2));
  expect(seen.map(({ length }) => length)).toEqual([1, 32, 7]);
});

test("when one is to blame, only that one fails", async () => {
  const first = gate();
  const seen: number[][] = [];
  const ask = createBatch(
    async (inputs: readonly number[]) => {
      seen.push([...inputs]);
      if (seen.length === 1) await first.promise;
      if (inputs.includes(3)) throw new Error("three");
      return [...inputs];
    },
    (error) => error instanceof Error && error.message === "three",
  );
  const answers = Promise.allSettled([1, 2, 3, 4].map(ask));
  first.open();
  expect((await answers).map(({ status }) => status)).toEqual([
    "fulfilled",
    "fulfilled",
    "rejected",
    "fulfilled",
  ]);
  expect(seen).toEqual([[1], [2, 3, 4], [2], [3], [4]]);
});

test("when nobody is to blame, all fail, and nothing is asked again", async () => {
  let asked = 0;
  const ask = createBatch(async (_: readonly number[]): Promise<number[]> => {
    asked += 1;
    throw new Error("unreachable");
  }, never);
  const answers = await Promise.allSettled([1, 2, 3].map(ask));
  expect(answers.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
  expect(asked).toBe(2);
});

test("a missing result is an error for all calls", async () => {
  const ask = createBatch(async () => [], never);
  await expect(ask(1)).rejects.toThrow("one result per call");
});

test("a statement that hangs does not hold up the next", async () => {
  const hanging = gate();
  let asked = 0;
  const ask = createBatch(async (inputs: readonly number[]) => {
    asked += 1;
    if (asked === 1) await hanging.promise;
    return [...inputs];
  }, never);
  const first = ask(1);
  expect(await ask(2)).toBe(2);
  hanging.open();
  expect(await first).toBe(1);
});
