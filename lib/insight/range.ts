import type { InsightRange, RangeName } from "../../contracts/console/insight.ts";
import type { Grain } from "../types/metrics.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** Width of a slot in milliseconds. Days are days of UTC. */
export const STEP_MS: Record<Grain, number> = { minute: MINUTE_MS, hour: HOUR_MS, day: DAY_MS };

/** Lengths of the ranges that end now. */
export const RANGES: Record<RangeName, number> = {
  "1h": HOUR_MS,
  "24h": DAY_MS,
  "7d": 7 * DAY_MS,
  "28d": 28 * DAY_MS,
  "90d": 90 * DAY_MS,
};

/** Longest range with this step: at most 1,440 slots are drawn. */
export const MOST_MS: Record<Grain, number> = { minute: DAY_MS, hour: 60 * DAY_MS, day: 400 * DAY_MS };

/** The step that shows a range in a few dozen to a few hundred slots. */
export function stepFor(lengthMs: number): Grain {
  if (lengthMs <= 3 * HOUR_MS) return "minute";
  return lengthMs <= 14 * DAY_MS ? "hour" : "day";
}

/** Whole slots that cover a range: the first begins at or before `fromMs`, the last ends at or after `toMs`. */
export function wholeSlots({ fromMs, toMs, step }: InsightRange): InsightRange {
  const width = STEP_MS[step];
  return { fromMs: Math.floor(fromMs / width) * width, toMs: Math.ceil(toMs / width) * width, step };
}

/** Beginnings of the slots of a range of whole slots. */
export function slotsOf({ fromMs, toMs, step }: InsightRange): number[] {
  const width = STEP_MS[step];
  return Array.from({ length: Math.ceil((toMs - fromMs) / width) }, (_, place) => fromMs + place * width);
}
