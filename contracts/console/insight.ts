/** Figures of the insight pages. Times are epoch milliseconds; durations are milliseconds. Paths are below `/api/console`. */

/** Ranges that end now, by name. */
export type RangeName = "1h" | "24h" | "7d" | "28d" | "90d";

/**
 * The range and filters that every insight page keeps in its address, and asks the server with: `range`, or `from` and `to` as
 * ISO 8601 in UTC; `step`; `number=all` for all business numbers of the operator; labels by their names, e.g. `intent=complaint`.
 * 400 `range` for a range that cannot be read.
 */
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

/** Values that filters offer: those of the last 90 days. `GET /t/:tenant/insight/labels` */
export interface InsightLabels {
  intent: string[];
  model: string[];
  rung: string[];
  language: string[];
}
