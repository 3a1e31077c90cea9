import { wallClock } from "./wall-clock.ts";

/** Hours in which nobody is woken: minutes of the day, `to` excluded; beyond midnight when `from` is the later one. */
export interface QuietHours {
  from: number;
  to: number;
}

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1_440;
/** A moved reminder is due so long before quiet hours begin: it is sent by a job, which takes its time. */
const LEAD_MINUTES = 15;
/** Hours that may be quiet at most: the rest is longer than any change of clocks. */
const MOST_QUIET_MINUTES = 20 * 60;
/** No quiet hours last longer, clocks that are put back included. */
const FURTHEST_MINUTES = DAY_MINUTES + 180;

const HOURS = /^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)$/;

/** Quiet hours of `21:00-08:00`; null for `none`. Throws RangeError for another form, and for more than twenty hours. */
export function quietHoursOf(text: string): QuietHours | null {
  if (text === "none") return null;
  const [, hour, minute, endHour, endMinute] = HOURS.exec(text)?.map(Number) ?? [];
  if (hour === undefined || minute === undefined || endHour === undefined || endMinute === undefined)
    throw new RangeError("no hours");
  const [from, to] = [hour * 60 + minute, endHour * 60 + endMinute];
  const length = (to - from + DAY_MINUTES) % DAY_MINUTES;
  if (length === 0 || length > MOST_QUIET_MINUTES) throw new RangeError("no quiet hours");
  return { from, to };
}

interface Due {
  quiet: QuietHours | null;
  timeZone: string;
  nowMs: number;
  startsAtMs: number;
}

/**
 * When a reminder that is due at this instant is sent: then, unless that is quiet; else a quarter of an hour before the quiet begins; when
 * that has passed already, at its end, if the appointment is later than that; else when it is due. Throws RangeError for an unknown zone.
 */
export function outsideQuiet(dueMs: number, { quiet, timeZone, nowMs, startsAtMs }: Due): number {
  if (quiet === null) return dueMs;
  const isQuiet = quietBy(quiet, timeZone);
  if (dueMs <= nowMs || !isQuiet(dueMs)) return dueMs;
  const minute = Math.floor(dueMs / MINUTE_MS) * MINUTE_MS;
  const last = firstNot(isQuiet, minute, -MINUTE_MS);
  const led = last - (LEAD_MINUTES - 1) * MINUTE_MS;
  // Clocks that are put back can leave a few minutes between quiet ones.
  const earlier = isQuiet(led) ? last : led;
  if (earlier > nowMs) return earlier;
  const later = firstNot(isQuiet, minute, MINUTE_MS);
  return later < startsAtMs ? later : dueMs;
}

function quietBy({ from, to }: QuietHours, timeZone: string): (instantMs: number) => boolean {
  const wall = wallClock(timeZone);
  return (instantMs) => {
    const minute = Math.floor(wall(instantMs) / MINUTE_MS) % DAY_MINUTES;
    return from < to ? minute >= from && minute < to : minute >= from || minute < to;
  };
}

/** The first minute in this direction that is not quiet. Minute by minute: that is right whatever clocks do. */
function firstNot(isQuiet: (instantMs: number) => boolean, fromMs: number, stepMs: number): number {
  let at = fromMs;
  for (let step = 0; step < FURTHEST_MINUTES && isQuiet(at); step++) at += stepMs;
  return at;
}
