import type { CompanyProfile } from "../types/company.ts";
import { type Opening, openAt } from "./open-at.ts";
import { scheduleOf } from "./schedule.ts";
import { wallClock, wallText, weekdayOf } from "./wall-clock.ts";

const DAY_MS = 86_400_000;

type Hours = Pick<CompanyProfile, "hours" | "openingHours" | "timeZone">;

/** Whether the company is open now, for a prompt: `open now until 20:00`, `closed now, opens Monday 10:00`; null when not known. */
export function openNow(company: Hours, nowMs: number): string | null {
  const opening = openingOf(company, nowMs);
  if (opening === null) return null;
  if (opening.open)
    return opening.until === null
      ? "open now, always"
      : `open now until ${until(company, nowMs, opening.until)}`;
  return opening.opensAt === null
    ? "closed now"
    : `closed now, opens ${day(company, nowMs, opening.opensAt)}`;
}

/** Whether the company is open; null when its hours or its time zone are not known. */
function openingOf(company: Hours, nowMs: number): Opening | null {
  const schedule = scheduleOf(company);
  try {
    return schedule && openAt(schedule, nowMs, company.timeZone);
  } catch {
    return null;
  }
}

/** The time alone within a day. */
function until(company: Hours, nowMs: number, atMs: number): string {
  return atMs - nowMs < DAY_MS ? time(company, atMs) : day(company, nowMs, atMs);
}

/** `today 10:00`, `Monday 10:00` or, a week ahead, `Monday 2027-01-04 10:00`. */
function day(company: Hours, nowMs: number, atMs: number): string {
  const wall = wallClock(company.timeZone);
  const days = Math.floor(wall(atMs) / DAY_MS) - Math.floor(wall(nowMs) / DAY_MS);
  if (days === 0) return `today ${time(company, atMs)}`;
  const name = weekdayOf(wall(atMs));
  return days < 7 ? `${name} ${time(company, atMs)}` : `${name} ${wallText(wall(atMs))}`;
}

const time = ({ timeZone }: Hours, atMs: number): string => wallText(wallClock(timeZone)(atMs)).slice(11);
