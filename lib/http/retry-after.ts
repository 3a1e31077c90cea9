import { boundedInteger } from "../json/clean.ts";

/** Longest pause between two attempts of a turn; a longer `Retry-After` is cut to it. */
const MAX_RETRY_AFTER_MS = 15 * 60_000;

/** A `Retry-After` of seconds or an HTTP date, as milliseconds from now, at most 15 minutes; null for anything else. */
export function retryAfterMs(header: string | null | undefined, nowMs: number): number | null {
  if (header === null || header === undefined) return null;
  const ms = /^\d+(\.\d+)?$/.test(header.trim()) ? Number(header) * 1_000 : Date.parse(header) - nowMs;
  return boundedInteger(ms, { max: MAX_RETRY_AFTER_MS });
}
