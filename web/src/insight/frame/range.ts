import type { RangeName } from "../../../../contracts/console/insight.ts";

/** Ranges that end now, shortest first. */
export const RANGE_NAMES = ["1h", "24h", "7d", "28d", "90d"] as const satisfies RangeName[];
const DEFAULT_RANGE: RangeName = "7d";

/** Labels that the filter bar offers. */
export const FILTER_NAMES = ["intent", "model", "rung", "language"] as const;
export type FilterName = (typeof FILTER_NAMES)[number];

const DAY_MS = 86_400_000;
const MOST_DAYS = 400;

/** What the address says: a range by name or its own ends, in ISO 8601 UTC. */
export type ChosenRange = { name: RangeName } | { from: string; to: string };

const isTime = (text: string): boolean => !Number.isNaN(Date.parse(text));

/** The range of an address; seven days where it says none that is known. */
export function rangeIn(params: URLSearchParams): ChosenRange {
  const [from, to] = [params.get("from") ?? "", params.get("to") ?? ""];
  if (isTime(from) && isTime(to)) return { from, to };
  return { name: RANGE_NAMES.find((name) => name === params.get("range")) ?? DEFAULT_RANGE };
}

/** The address's parameters with another range. */
export function withRange(params: URLSearchParams, range: ChosenRange): URLSearchParams {
  const next = new URLSearchParams(params);
  for (const name of ["range", "from", "to", "at"]) next.delete(name);
  if (!("name" in range)) {
    next.set("from", range.from);
    next.set("to", range.to);
  } else if (range.name !== DEFAULT_RANGE) next.set("range", range.name);
  return next;
}

/** The address's parameters with a filter, or without it for an empty value. */
export function withFilter(params: URLSearchParams, name: string, value: string): URLSearchParams {
  const next = new URLSearchParams(params);
  if (value === "") next.delete(name);
  else next.set(name, value);
  return next;
}

/** Query for the server: range and filters of an address, in a fixed order. */
export function askedQuery(params: URLSearchParams): string {
  const asked = withRange(new URLSearchParams(), rangeIn(params));
  for (const name of ["number", ...FILTER_NAMES]) {
    const value = params.get(name);
    if (value) asked.set(name, value);
  }
  return asked.toString();
}

/** What is wrong with the ends of an own range; null: nothing. */
export function problemOf(
  fromMs: number,
  toMs: number,
  nowMs: number,
): "wrongOrder" | "future" | "tooLong" | null {
  if (!(fromMs < toMs)) return "wrongOrder";
  if (fromMs >= nowMs) return "future";
  return toMs - fromMs > MOST_DAYS * DAY_MS ? "tooLong" : null;
}

/** Value of a `datetime-local` field, in the browser's time zone. */
export function localValue(epochMs: number): string {
  const offsetMs = new Date(epochMs).getTimezoneOffset() * 60_000;
  return new Date(epochMs - offsetMs).toISOString().slice(0, 16);
}

/** Time of a `datetime-local` field as the address and the server have it: UTC, to the minute. */
export const utcValue = (local: string): string => `${new Date(local).toISOString().slice(0, 16)}Z`;
