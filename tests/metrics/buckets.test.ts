import { expect, test } from "vitest";
import { bucketOf, distribution, durationOf } from "../../lib/insight/histogram.ts";
import { OBJECTIVES } from "../../lib/insight/objectives.ts";
import { SEED } from "../support/seed.ts";
import { randomOf } from "./turns.ts";

/** Durations from below a millisecond to a week, as many small as large. */
const durations = (count: number): number[] => {
  const random = randomOf(SEED);
  return Array.from({ length: count }, () => Math.round(10 ** (random() * 9.8) * 1_000) / 10_000);
};
const cellsOf = (values: readonly number[]) => values.map((ms) => ({ bucket: bucketOf(ms), n: 1 }));

test(`the duration that stands for a bucket is within 1 % of all in it (seed ${SEED})`, () => {
  for (const ms of durations(5_000).filter((value) => value > 1))
    expect(Math.abs(durationOf(bucketOf(ms)) / ms - 1)).toBeLessThan(0.01);
  expect(durationOf(bucketOf(0.2))).toBe(1);
});

test("longer durations are never in an earlier bucket", () => {
  const buckets = durations(5_000)
    .sort((a, b) => a - b)
    .map(bucketOf);
  expect(buckets).toEqual(buckets.toSorted((a, b) => a - b));
});

test.each(Object.entries(OBJECTIVES))("what is within the limit of %s is counted exactly", (_, objective) => {
  if (objective.kind !== "duration") return;
  const { limitMs } = objective;
  const near = Array.from({ length: 401 }, (_, place) => limitMs + (place - 200) / 10);
  const exact = near.filter((ms) => ms <= limitMs).length;
  expect(distribution(cellsOf(near)).within(limitMs)).toBe(exact);
  expect(exact).toBe(201);
});

test(`percentiles of merged parts are within 1 % of the exact ones (seed ${SEED})`, () => {
  const values = durations(3_000).filter((value) => value > 1);
  const merged = distribution([...cellsOf(values.slice(1_000)), ...cellsOf(values.slice(0, 1_000))]);
  const sorted = values.toSorted((a, b) => a - b);
  for (const q of [0, 0.1, 0.5, 0.95, 0.99, 1]) {
    const exact = sorted[Math.max(1, Math.ceil(q * sorted.length)) - 1] ?? 0;
    expect(Math.abs((merged.quantile(q) ?? 0) / exact - 1)).toBeLessThan(0.01);
  }
  expect(merged.count).toBe(values.length);
  expect(distribution([]).quantile(0.5)).toBe(null);
});
