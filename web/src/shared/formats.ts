import type { Language } from "../../../lib/ports.ts";

/** Numbers and times as the reader writes them. */
export interface Formats {
  /** `840 ms`, `1.24 s`. */
  duration(ms: number): string;
  time(epochMs: number): string;
  timeWithSeconds(epochMs: number): string;
  /** A day in words; the caller says today and yesterday. */
  day(epochMs: number): string;
  integer(count: number): string;
  /** 0 to 1 as a percentage. */
  percent(share: number): string;
  /** At least three significant digits, so that a fraction of a cent can be seen. */
  usd(amount: number): string;
}

/** Formats for one language, in the reader's own time zone. */
export function createFormats(language: Language): Formats {
  const unit = (name: "millisecond" | "second", digits: number) =>
    new Intl.NumberFormat(language, { style: "unit", unit: name, maximumFractionDigits: digits });
  const tenths = unit("millisecond", 1);
  const milliseconds = unit("millisecond", 0);
  const seconds = unit("second", 2);
  const time = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit" });
  const timeWithSeconds = new Intl.DateTimeFormat(language, { timeStyle: "medium" });
  const day = new Intl.DateTimeFormat(language, { weekday: "long", day: "numeric", month: "long" });
  const integer = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
  const percent = new Intl.NumberFormat(language, { style: "percent" });
  const usd = new Intl.NumberFormat(language, {
    style: "currency",
    currency: "USD",
    currencyDisplay: "narrowSymbol",
    minimumFractionDigits: 2,
    maximumSignificantDigits: 3,
  });
  return {
    duration(ms) {
      if (Math.abs(ms) >= 1000) return seconds.format(ms / 1000);
      return (Math.abs(ms) < 10 ? tenths : milliseconds).format(ms);
    },
    time: (epochMs) => time.format(epochMs),
    timeWithSeconds: (epochMs) => timeWithSeconds.format(epochMs),
    day: (epochMs) => day.format(epochMs),
    integer: (count) => integer.format(count),
    percent: (share) => percent.format(share),
    usd: (amount) => usd.format(amount),
  };
}
