import { wallText, weekdayOf } from "../../hours/wall-clock.ts";
import type { Json } from "../../types/json.ts";
import { type Asked, isoDate } from "./input.ts";
import { DAY_MS, localOf, MINUTE_MS, type Zone } from "./times/zone.ts";

/** Slots that are listed of one day, and in all: an answer must fit the tokens that a reply has for results. */
const MOST_A_DAY = 24;
const MOST = 64;

interface Free {
  instants: readonly number[];
  zone: Zone;
  timeZone: string;
  slotMinutes: number;
  nowMs: number;
}

/** Free slots by day, as `2026-12-01T09:00+01:00`; all are counted, and as many of each day are listed as there is room for. */
export function answerOf({ dates, lastMs, isInPart }: Asked, free: Free): Json {
  const { instants, zone, timeZone, slotMinutes, nowMs } = free;
  const slots = instants
    .map((atMs) => ({ atMs, localMs: localOf(zone, atMs) }))
    .filter(({ localMs }) => isInPart(localMs));
  const nowLocalMs = localOf(zone, nowMs);
  const listed = Math.min(MOST_A_DAY, Math.floor(MOST / dates.count));
  return {
    time_zone: timeZone,
    now: `${weekdayOf(nowLocalMs)} ${wallText(nowLocalMs)}`,
    slot_minutes: slotMinutes,
    last_day: isoDate(lastMs),
    days: Array.from({ length: dates.count }, (_, at) => {
      const dayMs = dates.firstMs + at * DAY_MS;
      const ofDay = slots.filter(({ localMs }) => localMs >= dayMs && localMs < dayMs + DAY_MS);
      return {
        date: isoDate(dayMs),
        weekday: weekdayOf(dayMs),
        free: ofDay.length,
        slots: ofDay.slice(0, listed).map(({ atMs, localMs }) => timeText(atMs, localMs)),
        ...(ofDay.length > listed && { not_listed: ofDay.length - listed }),
      };
    }),
  };
}

/** `2026-12-01T09:00+01:00`. */
function timeText(atMs: number, localMs: number): string {
  const minutes = Math.round((localMs - atMs) / MINUTE_MS);
  const two = (value: number) => String(value).padStart(2, "0");
  const offset = `${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`;
  return `${wallText(localMs).replace(" ", "T")}${minutes < 0 ? "-" : "+"}${offset}`;
}
