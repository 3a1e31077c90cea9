import { wallClock } from "./wall-clock.ts";

const DATE_TIME = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(?::(\d{2})(?:\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?$/;

/**
 * The instant of an ISO date-time; without an offset by the clock of this time zone: the first of two where clocks go back, the one after the
 * gap where they go forward. Null for another form, and for a day or time that there is not. Throws RangeError for an unknown zone.
 */
export function instantOf(text: string, timeZone: string): number | null {
  const [, date, time, seconds = "00", offset] = DATE_TIME.exec(text) ?? [];
  if (!date || !time) return null;
  const local = `${date}T${time}:${seconds}`;
  const asUtc = Date.parse(`${local}Z`);
  // Of a day that there is not, such as 2026-02-30, engines make another one.
  if (Number.isNaN(asUtc) || !new Date(asUtc).toISOString().startsWith(local)) return null;
  if (offset === undefined) return byClock(asUtc, timeZone);
  const instant = Date.parse(`${local}${offset === "Z" ? offset : offset.replace(/^(...):?/, "$1:")}`);
  return Number.isNaN(instant) ? null : instant;
}

/** The instant at which a zone's clock shows this local time, whole minutes counting. */
function byClock(localMs: number, timeZone: string): number {
  const wall = wallClock(timeZone);
  const minute = Math.floor(localMs / 60_000) * 60_000;
  const ofInstant = (instantMs: number) => wall(instantMs) - Math.floor(instantMs / 60_000) * 60_000;
  // The zone's offset a day before and a day after: one of them is the one then.
  const offsets = [ofInstant(minute - DAY_MS), ofInstant(minute + DAY_MS)];
  const found = offsets.map((offset) => minute - offset).filter((instant) => wall(instant) === minute);
  // A time that is skipped is shown by neither; by the offset before the change it is the one after the gap.
  return (found.length > 0 ? Math.min(...found) : minute - (offsets[0] ?? 0)) + (localMs - minute);
}

const DAY_MS = 86_400_000;
