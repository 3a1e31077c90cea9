import { expect, test } from "vitest";
import { rollUp } from "../../lib/jobs/rollup.ts";

/** A roll-up that fails for slices above a size, and what was asked of it. */
function slow(most: number, slices: number, stepMs = 600) {
  const asked: number[] = [];
  const warned: string[] = [];
  let left = slices;
  const deps = {
    rollUp: {
      async step(rows: number) {
        asked.push(rows);
        if (rows > most) throw new Error("timeout");
        left -= 1;
        return left > 0 ? ("more" as const) : ("done" as const);
      },
      rebuild: async () => {},
    },
    clock: { now: () => 0, steady: () => asked.length * stepMs, sleep: async () => {} },
    sendFigures: null,
    log: { debug() {}, info() {}, error() {}, warn: (event: string) => void warned.push(event) },
  };
  return { asked, warned, run: (budgetMs: number) => rollUp(deps, budgetMs) };
}

test("slices that are too large for the database become smaller until they pass", async () => {
  const { asked, warned, run } = slow(250, 3);
  expect(await run(8_000)).toBe(true);
  expect(asked).toEqual([1_000, 200, 200, 200]);
  expect(warned).toEqual([]);
});

test("a roll-up that fails at any size says so once, and throws nothing", async () => {
  const { asked, warned, run } = slow(0, 1);
  expect(await run(8_000)).toBe(false);
  expect(asked).toEqual([1_000, 200, 40]);
  expect(warned).toEqual(["rollup.failed"]);
});

test("no slice begins after the time of a run", async () => {
  const { asked, run } = slow(1_000, 99);
  expect(await run(2_000)).toBe(false);
  expect(asked).toHaveLength(4);
});

test("quick slices grow up to a bound, and no more in a run in which one was too large", async () => {
  const { asked, run } = slow(4_000, 9, 100);
  expect(await run(8_000)).toBe(true);
  expect(asked).toEqual([1_000, 2_000, 4_000, 8_000, ...Array<number>(6).fill(1_600)]);
});
