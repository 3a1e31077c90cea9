import { calendarOf } from "../../../fakes/systems/calendar.ts";
import { scheduleOf } from "../../../lib/hours/schedule.ts";
import { readFeed } from "../../../lib/tools/ical/call.ts";
import { fullTimes } from "../../../lib/tools/ical/full.ts";
import { freeSlots } from "../../../lib/tools/ical/slots.ts";
import { DAY_MS, instantOf, localOf, namedZone, type Zone } from "../../../lib/tools/ical/times/zone.ts";
import type { OpeningHours } from "../../../lib/types/company.ts";

export const EVERY_DAY = (...ranges: readonly string[]): OpeningHours => ({
  ...{ monday: ranges, tuesday: ranges, wednesday: ranges, thursday: ranges, friday: ranges },
  ...{ saturday: ranges, sunday: ranges },
});

export function zoneNamed(timeZone: string): Zone {
  const zone = namedZone(timeZone);
  if (!zone) throw new Error(timeZone);
  return zone;
}

export interface Case {
  timeZone: string;
  /** First date. */
  from: string;
  days?: number;
  hours: OpeningHours;
  slotMinutes: number;
  capacity?: number;
  components: readonly string[];
}

/** Instants of the free slots of a calendar. */
export async function freeInstants({
  timeZone,
  from,
  days = 1,
  hours,
  slotMinutes,
  capacity = 1,
  components,
}: Case) {
  const zone = zoneNamed(timeZone);
  const schedule = scheduleOf({ hours: "", openingHours: hours });
  if (!schedule) throw new Error("no hours");
  const firstMs = Date.parse(`${from}T00:00Z`);
  const span = {
    fromMs: instantOf(zone, firstMs - DAY_MS),
    toMs: instantOf(zone, firstMs + (days + 1) * DAY_MS),
  };
  const busy = await readFeed(calendarOf(components), zone, span);
  const rules = { schedule, limits: new Map(), zone, slotMinutes };
  return freeSlots(rules, { firstMs, count: days }, fullTimes(busy, capacity));
}

/** The same as local times, `02 09:00+1` with the day and the hours ahead of UTC. */
export async function freeTimes(given: Case): Promise<string[]> {
  const zone = zoneNamed(given.timeZone);
  return (await freeInstants(given)).map((ms) => {
    const hours = zone.offsetMs(ms) / 3_600_000;
    return `${new Date(localOf(zone, ms)).toISOString().slice(8, 16).replace("T", " ")}${hours < 0 ? "" : "+"}${hours}`;
  });
}
