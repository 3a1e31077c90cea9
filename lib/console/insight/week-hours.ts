import type { ConversationsView } from "../../../contracts/console/conversations.ts";
import { DAY_MS, STEP_MS } from "../../insight/range.ts";
import { addHours, emptyWeek } from "../../insight/week-hours.ts";
import type { Bases } from "./containment.ts";
import type { Figures } from "./read.ts";

/** Hours are read for so many days at most: what is longer ago says little about the hours of now. */
const MOST_DAYS = 90;

/** Customers' messages by weekday and hour, each company's in its own time zone. */
export async function hoursOf(
  { read, range, numbers }: Figures,
  bases: Bases,
): Promise<ConversationsView["hours"]> {
  const toMs = Math.ceil(range.toMs / STEP_MS.hour) * STEP_MS.hour;
  const oldestMs = Math.max(range.fromMs, toMs - MOST_DAYS * DAY_MS);
  const hours = { fromMs: Math.floor(oldestMs / STEP_MS.hour) * STEP_MS.hour, toMs };
  const counts = emptyWeek();
  const timeZones = new Set<string>();
  await Promise.all(
    numbers.map(async ({ tenantId: number }) => {
      const timeZone = bases.get(number)?.timeZone ?? "UTC";
      timeZones.add(timeZone);
      addHours(counts, await read({ metric: "received", step: "hour", range: hours, number }), timeZone);
    }),
  );
  return { timeZones: [...timeZones].sort(), fromMs: hours.fromMs, counts };
}
