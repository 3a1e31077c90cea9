import { wallClock } from "../hours/wall-clock.ts";
import type { Cell } from "../types/metrics.ts";

const DAY_HOURS = 24;

/** Counts by weekday, Monday first, and hour of day, all zeros. */
export const emptyWeek = (): number[][] =>
  Array.from({ length: 7 }, () => new Array<number>(DAY_HOURS).fill(0));

/**
 * Adds hours to a week by the local time of a zone. Hours of counters begin at full hours of UTC: where the zone is half an hour off, half of
 * each counts in the hour before.
 */
export function addHours(week: number[][], cells: Iterable<Cell>, timeZone: string): void {
  const clock = wallClock(timeZone);
  for (const { atMs, n } of cells) {
    const wall = new Date(clock(atMs ?? 0));
    const hours = week[(wall.getUTCDay() + 6) % 7];
    const hour = wall.getUTCHours();
    if (hours) hours[hour] = (hours[hour] ?? 0) + n;
  }
}
