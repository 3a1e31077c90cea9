import type { Language } from "../../../lib/types/company.ts";
import { createSpan } from "./span.ts";

/** Number and time formats of one language. */
export interface Formats {
  /** `840 ms`, `1.24 s`. */
  duration(ms: number): string;
  time(epochMs: number): string;
  timeWithSeconds(epochMs: number): string;
  /** Weekday and date. */
  day(epochMs: number): string;
  /** Day and month, short; with the year when it is another one. */
  date(epochMs: number): string;
  /** Length of time in its two largest units down to minutes, e.g. `2 h 5 min`. */
  span(ms: number): string;
  integer(count: number): string;
  /** Percentage of a share from 0 to 1. */
  percent(share: number): string;
  /** US dollars with up to three significant digits, so that fractions of a cent are visible. */
  usd(amount: number): string;
  /** An amount in a currency by its ISO code. */
  money(amount: number, currency: string): string;
  /** `4.8 MB`. */
  megabytes(bytes: number): string;
}

/** Regional variant of a language that the browser prefers. */
export const localeOf = (language: Language): string =>
  navigator.languages.find((tag) => tag.startsWith(`${language}-`)) ?? language;

/** Formats for a locale. */
export function createFormats(language: string): Formats {
  const rounded = (digits: number) => new Intl.NumberFormat(language, { maximumFractionDigits: digits });
  const [whole, tenths, hundredths] = [rounded(0), rounded(1), rounded(2)];
  const time = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit" });
  const timeWithSeconds = new Intl.DateTimeFormat(language, { timeStyle: "medium" });
  const day = new Intl.DateTimeFormat(language, { weekday: "long", day: "numeric", month: "long" });
  const percent = new Intl.NumberFormat(language, { style: "percent" });
  const usd = new Intl.NumberFormat(language, {
    style: "currency",
    currency: "USD",
    currencyDisplay: "narrowSymbol",
    minimumFractionDigits: 2,
    maximumSignificantDigits: 3,
  });
  const megabytes = new Intl.NumberFormat(language, {
    style: "unit",
    unit: "megabyte",
    maximumFractionDigits: 2,
  });
  const date = new Intl.DateTimeFormat(language, { day: "numeric", month: "short" });
  const dateOfYear = new Intl.DateTimeFormat(language, { dateStyle: "medium" });
  return {
    date: (epochMs) =>
      new Date(epochMs).getFullYear() === new Date().getFullYear()
        ? date.format(epochMs)
        : dateOfYear.format(epochMs),
    span: createSpan(language),
    duration(ms) {
      if (ms >= 999.5) return `${hundredths.format(ms / 1000)}\u00a0s`;
      return `${(ms < 9.95 ? tenths : whole).format(ms)}\u00a0ms`;
    },
    time: (epochMs) => time.format(epochMs),
    timeWithSeconds: (epochMs) => timeWithSeconds.format(epochMs),
    day: (epochMs) => day.format(epochMs),
    integer: (count) => whole.format(count),
    percent: (share) => percent.format(share),
    megabytes: (bytes) => megabytes.format(bytes / (1024 * 1024)),
    usd: (amount) => usd.format(amount),
    money: (amount, currency) => moneyOf(language, amount, currency),
  };
}

/** What a customer's phone calls a currency may be none. */
function moneyOf(language: string, amount: number, currency: string): string {
  try {
    return new Intl.NumberFormat(language, { style: "currency", currency }).format(amount);
  } catch {
    return `${amount} ${currency}`;
  }
}
