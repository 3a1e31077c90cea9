import { useMemo } from "react";
import { usePage } from "../../shared/page.tsx";

/** Moments in words of the page's language. */
export interface Dates {
  /** Date and time. */
  moment(epochMs: number): string;
  /** Weekday, day and month, all short, and time: fits beside words on a phone. */
  weekdayAndTime(epochMs: number): string;
  /** How long ago or ahead, in the largest unit that fits. */
  relative(epochMs: number, nowMs?: number): string;
}

const UNITS: readonly [unit: Intl.RelativeTimeFormatUnit, ms: number][] = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
];

/** Dates in the page's language. */
export function useDates(): Dates {
  const { locale } = usePage();
  return useMemo(() => {
    const moment = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" });
    const weekdayAndTime = new Intl.DateTimeFormat(locale, {
      ...{ weekday: "short", day: "numeric", month: "short" },
      ...{ hour: "numeric", minute: "2-digit" },
    });
    const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
    return {
      moment: (epochMs) => moment.format(epochMs),
      weekdayAndTime: (epochMs) => weekdayAndTime.format(epochMs),
      relative(epochMs, nowMs = Date.now()) {
        const distance = epochMs - nowMs;
        const [unit, ms] = UNITS.find(([, size]) => Math.abs(distance) >= size) ?? ["minute", 60_000];
        return relative.format(Math.trunc(distance / ms), unit);
      },
    };
  }, [locale]);
}

/** Weekday, day, month and time by the clock of this time zone, which is named where it is not this device's; null: the device's. */
export function useZonedTime(timeZone: string | null): (epochMs: number) => string {
  const { locale } = usePage();
  return useMemo(() => {
    const format = zoned(locale, timeZone);
    return (epochMs) => format.format(epochMs);
  }, [locale, timeZone]);
}

function zoned(locale: string, timeZone: string | null): Intl.DateTimeFormat {
  const parts: Intl.DateTimeFormatOptions = {
    ...{ weekday: "short", day: "numeric", month: "short" },
    ...{ hour: "numeric", minute: "2-digit" },
  };
  const isOther = timeZone !== Intl.DateTimeFormat().resolvedOptions().timeZone;
  try {
    if (timeZone !== null)
      return new Intl.DateTimeFormat(locale, {
        ...parts,
        timeZone,
        ...(isOther && { timeZoneName: "short" }),
      });
  } catch {
    // A zone that this browser does not know.
  }
  return new Intl.DateTimeFormat(locale, parts);
}
