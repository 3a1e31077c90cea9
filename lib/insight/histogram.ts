import type { Cell } from "../types/metrics.ts";

/** Ratio of two neighbouring bucket bounds at most: the middle of a bucket is within 1 % of each of its values. */
const GROWTH = 1.02;

/** Bounds besides, in milliseconds, for objectives and exports: how many durations are within one of these is exact. */
const LIMITS_MS = [
  ...[5, 10, 25, 50, 100, 200, 300, 500, 750, 1_000, 1_500, 2_000, 2_500, 3_000, 4_000, 5_000],
  ...[7_500, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000, 1_800_000, 3_600_000],
  ...[7_200_000, 14_400_000, 28_800_000, 86_400_000, 259_200_000, 604_800_000],
];

/** Upper bounds of the buckets, multiplied one by one as `metric_bounds()` does it: logarithms may differ in their last bit. */
const BOUNDS: readonly number[] = bounds(1_150);

function bounds(count: number): number[] {
  let bound = 1;
  const powers = Array.from({ length: count }, () => {
    const here = bound;
    bound *= GROWTH;
    return here;
  });
  return [...powers, ...LIMITS_MS].sort((a, b) => a - b);
}

/** Bucket of a duration in milliseconds: how many bounds are below it; 0 for up to a millisecond. */
export function bucketOf(ms: number): number {
  let low = 0;
  let high = BOUNDS.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((BOUNDS[middle] ?? 0) < ms) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The duration that stands for a bucket, in milliseconds. */
export const durationOf = (bucket: number): number =>
  Math.sqrt((BOUNDS[bucket - 1] ?? 1) * (BOUNDS[bucket] ?? Number(BOUNDS.at(-1))));

/** A distribution of durations, merged from any number of cells. */
export interface Distribution {
  count: number;
  /** Duration in milliseconds below which the share `q` (0 to 1) lies; null without any. */
  quantile(q: number): number | null;
  /** How many were within so many milliseconds: exact for the limits of objectives and exports, else up to 2 % beyond. */
  within(ms: number): number;
}

/** Adds cells up to one distribution. */
export function distribution(cells: Iterable<Pick<Cell, "bucket" | "n">>): Distribution {
  const counts = new Map<number, number>();
  let count = 0;
  for (const { bucket, n } of cells) {
    counts.set(bucket, (counts.get(bucket) ?? 0) + n);
    count += n;
  }
  const sorted = [...counts].sort(([a], [b]) => a - b);
  return {
    count,
    quantile(q) {
      let left = Math.max(1, Math.ceil(q * count));
      for (const [bucket, n] of sorted) {
        left -= n;
        if (left <= 0) return durationOf(bucket);
      }
      return null;
    },
    within(ms) {
      const last = bucketOf(ms);
      return sorted.reduce((sum, [bucket, n]) => (bucket <= last ? sum + n : sum), 0);
    },
  };
}
