import type { Cell } from "../types/metrics.ts";

/** Ratio of two neighbouring bucket bounds: the middle of a bucket is within 1 % of each of its values. */
const GROWTH = 1.02;
const LOG_GROWTH = Math.log(GROWTH);

/** Bucket of a duration in milliseconds: ⌈ln(ms) / ln 1.02⌉; 0 for up to a millisecond. */
export const bucketOf = (ms: number): number => (ms <= 1 ? 0 : Math.ceil(Math.log(ms) / LOG_GROWTH));

/** The duration that stands for a bucket, in milliseconds. */
export const durationOf = (bucket: number): number => (bucket === 0 ? 1 : GROWTH ** (bucket - 0.5));

/** A distribution of durations, merged from any number of cells. */
export interface Distribution {
  count: number;
  /** Duration in milliseconds below which the share `q` (0 to 1) lies; null without any. */
  quantile(q: number): number | null;
  /** How many were within so many milliseconds. */
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
