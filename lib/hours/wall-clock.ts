/** Local time of a zone, as if its clock showed UTC: whole minutes in epoch milliseconds. */
export type WallClock = (instantMs: number) => number;

/** Clocks by time zone: each takes half a millisecond to create, and companies are few. */
const clocks = new Map<string, WallClock>();

/** The clock of an IANA time zone. Throws RangeError for an unknown one. */
export function wallClock(timeZone: string): WallClock {
  const known = clocks.get(timeZone);
  if (known) return known;
  const format = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "short" });
  const made: WallClock = (instantMs) => Date.parse(`${format.format(instantMs).replace(" ", "T")}Z`);
  clocks.set(timeZone, made);
  return made;
}

/** A local time as text: `2026-03-06 14:05`. */
export const wallText = (wallMs: number): string =>
  new Date(wallMs).toISOString().slice(0, 16).replace("T", " ");

const WEEKDAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/** The English name of a local time's weekday. */
export const weekdayOf = (wallMs: number): string => WEEKDAYS[new Date(wallMs).getUTCDay()] ?? "";
