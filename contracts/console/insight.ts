/** Figures of the insight pages. Times are epoch milliseconds; durations are milliseconds. */

/** The range and filters that every insight page keeps in its address: `from`, `to`, `step` and labels as query parameters. */
export interface InsightRange {
  fromMs: number;
  toMs: number;
  step: "minute" | "hour" | "day";
}

/** A share with the counts behind it. A share of nothing is null, never 0. */
export interface Share {
  good: number;
  all: number;
  share: number | null;
}

/** Percentiles of durations; all null without events. */
export interface Percentiles {
  count: number;
  p50: number | null;
  p95: number | null;
  p99: number | null;
}

/** Head of every answer: what was read, and through when the figures are complete. */
export interface InsightHead {
  range: InsightRange;
  freshMs: number;
  /** Events of the range; pages say so when they are few. */
  events: number;
}
