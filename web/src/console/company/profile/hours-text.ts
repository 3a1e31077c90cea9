import type { OpeningHours, Weekday } from "../../../../../lib/types/company.ts";

export const DAYS = [
  "monday",
  "tuesday",
  "wednesday",
  "thursday",
  "friday",
  "saturday",
  "sunday",
] as const satisfies readonly Weekday[];

/** Opening hours as people type them: a line of ranges for each day, and a line for each single date. */
export interface TypedHours {
  days: Record<Weekday, string>;
  exceptions: string;
}

/** Opening hours as text; `closed` is the page's word for no range. */
export function typedHours(hours: OpeningHours | undefined, closed: string): TypedHours {
  const days = Object.fromEntries(DAYS.map((day) => [day, (hours?.[day] ?? []).join(", ")]));
  const lines = Object.entries(hours?.exceptions ?? {}).map(
    ([date, ranges]) => `${date}: ${ranges.length === 0 ? closed : ranges.join(", ")}`,
  );
  return { days: days as Record<Weekday, string>, exceptions: lines.join("\n") };
}

/** What was typed as opening hours; null when nothing was. What cannot be read is left for the server to name. */
export function hoursIn({ days, exceptions }: TypedHours, closed: string): OpeningHours | null {
  const weekdays = DAYS.flatMap((day) => {
    const ranges = rangesIn(days[day], closed);
    return ranges.length > 0 ? [[day, ranges] as const] : [];
  });
  const dates = exceptions
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .map((line) => {
      const at = line.indexOf(":");
      const date = at < 0 ? line : line.slice(0, at);
      return [date.trim(), rangesIn(at < 0 ? "" : line.slice(at + 1), closed)] as const;
    });
  if (weekdays.length === 0 && dates.length === 0) return null;
  return {
    ...Object.fromEntries(weekdays),
    ...(dates.length > 0 && { exceptions: Object.fromEntries(dates) }),
  };
}

const rangesIn = (text: string, closed: string): string[] =>
  text
    .split(",")
    .map((range) => range.trim())
    .filter((range) => range !== "" && range.toLowerCase() !== closed.toLowerCase());
