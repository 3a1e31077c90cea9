import type { MonthForecast } from "../../contracts/console/money.ts";
import { DAY_MS } from "./range.ts";

/** Fewer whole weeks say too little. */
const LEAST_WEEKS = 3;
/** Older weeks say little about this one. */
export const MOST_WEEKS = 8;

const WEEK_DAYS = 7;

/** What a forecast is made of. Days are days of UTC. */
export interface ForecastInput {
  nowMs: number;
  /** Spent this month so far. */
  spentUsd: number;
  /** Day of the first figures; null without any. */
  firstDayMs: number | null;
  /** What a past day would cost on another day: its messages at that day's prices. */
  costOf(dayMs: number, onDayMs: number): number;
}

/** The calendar month of a time: its beginning and its end. */
export function monthOf(nowMs: number): { fromMs: number; toMs: number } {
  const now = new Date(nowMs);
  const [year, month] = [now.getUTCFullYear(), now.getUTCMonth()];
  return { fromMs: Date.UTC(year, month, 1), toMs: Date.UTC(year, month + 1, 1) };
}

/** Whole weeks of figures before today, at most eight. */
export function wholeWeeks({ nowMs, firstDayMs }: Pick<ForecastInput, "nowMs" | "firstDayMs">): number {
  if (firstDayMs === null) return 0;
  // The first day may have begun late.
  const days = (startOfDay(nowMs) - startOfDay(firstDayMs)) / DAY_MS - 1;
  return Math.min(MOST_WEEKS, Math.max(0, Math.floor(days / WEEK_DAYS)));
}

/**
 * What the month may come to: what was spent, and for each day that is left what the same weekday cost. Each of the last whole weeks is
 * one way the rest may go; the cheapest and the dearest are the range. Null with fewer than three.
 */
export function forecastOf(input: ForecastInput): MonthForecast | null {
  const weeks = wholeWeeks(input);
  if (weeks < LEAST_WEEKS) return null;
  const rests = Array.from({ length: weeks }, (_, week) => restAsIn(week + 1, input));
  return {
    low: input.spentUsd + Math.min(...rests),
    high: input.spentUsd + Math.max(...rests),
    weeks,
  };
}

/** The rest of the month if it goes as so many weeks ago; of today, the hours that are left. */
function restAsIn(weeksAgo: number, { nowMs, costOf }: ForecastInput): number {
  const today = startOfDay(nowMs);
  const { toMs } = monthOf(nowMs);
  let sum = 0;
  for (let ahead = 0; today + ahead * DAY_MS < toMs; ahead += 1) {
    const day = today + ahead * DAY_MS;
    // The same weekday of that week, which ends yesterday.
    const like = day - (Math.floor(ahead / WEEK_DAYS) + weeksAgo) * WEEK_DAYS * DAY_MS;
    const left = ahead === 0 ? 1 - (nowMs - today) / DAY_MS : 1;
    sum += costOf(like, day) * left;
  }
  return sum;
}

const startOfDay = (ms: number): number => Math.floor(ms / DAY_MS) * DAY_MS;
