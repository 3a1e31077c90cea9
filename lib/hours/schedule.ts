import type { CompanyProfile, OpeningHours } from "../types/company.ts";
import { DAY_MINUTES, parseRange, type Range, type Schedule, WEEKDAYS } from "./range.ts";
import { hoursInWords } from "./words.ts";

/** The company's opening hours: as listed, or as far as its words are certain. Null when they are not known. */
export function scheduleOf({
  hours,
  openingHours,
}: Pick<CompanyProfile, "hours" | "openingHours">): Schedule | null {
  return openingHours ? listed(openingHours) : hoursInWords(hours);
}

function listed({ exceptions = {}, ...days }: OpeningHours): Schedule {
  return {
    week: WEEKDAYS.map((day) => ranges(days[day] ?? [])),
    exceptions: new Map(Object.entries(exceptions).map(([date, texts]) => [date, ranges(texts)])),
  };
}

const ranges = (texts: readonly string[]): Range[] => texts.flatMap((text) => parseRange(text) ?? []);

/** True when the company is open at this local time (see WallClock). */
export function isOpen(schedule: Schedule, wallMs: number): boolean {
  const minute = Math.floor(wallMs / 60_000) % DAY_MINUTES;
  const within = (dayMs: number, at: number) =>
    rangesOn(schedule, dayMs).some(({ from, to }) => from <= at && at < to);
  return within(wallMs, minute) || within(wallMs - DAY_MINUTES * 60_000, minute + DAY_MINUTES);
}

/** The ranges that begin on the date of this local time. */
export function rangesOn({ week, exceptions }: Schedule, wallMs: number): readonly Range[] {
  const date = new Date(wallMs);
  if (exceptions.size > 0) {
    const iso = date.toISOString().slice(0, 10);
    const own = exceptions.get(iso) ?? exceptions.get(iso.slice(5));
    if (own) return own;
  }
  return week[date.getUTCDay()] ?? [];
}
