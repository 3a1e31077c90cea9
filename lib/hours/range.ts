import type { Weekday } from "../types/company.ts";

/** Open from one minute of a day to another; beyond 1,440 it goes on after midnight. */
export interface Range {
  from: number;
  to: number;
}

/** Opening hours in a form that can be computed. */
export interface Schedule {
  /** Ranges of each weekday, from Sunday. */
  week: readonly (readonly Range[])[];
  /** Ranges of single dates, by `2026-12-24` or `12-25`. */
  exceptions: ReadonlyMap<string, readonly Range[]>;
}

export const DAY_MINUTES = 1_440;

/** From Sunday, as dates count them. */
export const WEEKDAYS: readonly Weekday[] = [
  "sunday",
  "monday",
  "tuesday",
  "wednesday",
  "thursday",
  "friday",
  "saturday",
];

const RANGE = /^(?<from>[01]\d|2[0-3]):(?<fromMinute>[0-5]\d)-(?<to>[01]\d|2[0-4]):(?<toMinute>[0-5]\d)$/;

/** A range such as `10:00-20:00` or `20:00-02:00`; null when it is none. */
export function parseRange(text: string): Range | null {
  const found = RANGE.exec(text)?.groups;
  if (!found) return null;
  const from = Number(found.from) * 60 + Number(found.fromMinute);
  const to = Number(found.to) * 60 + Number(found.toMinute);
  if (to > DAY_MINUTES || to === from) return null;
  return { from, to: to < from ? to + DAY_MINUTES : to };
}
