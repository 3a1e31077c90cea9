import { useMemo } from "react";
import { usePage } from "../../shared/page.tsx";
import { shareWords } from "./share-words.ts";
import { useInsightTexts } from "./texts.ts";

const DAY_MS = 86_400_000;

/** How figures are written. */
export interface FigureFormats {
  /** A share that is never rounded up to 100 %; "–" for none. */
  share(share: number | null): string;
  /** A duration; "–" for none. */
  duration(ms: number | null): string;
  /** US dollars; "no price" where it is not known. */
  usd(amount: number | null): string;
  /** A count, shortened from ten thousand on: 12 K. */
  count(n: number): string;
  /** Beginning of a slot of this width. */
  slot(atMs: number, step: "minute" | "hour" | "day"): string;
  /** The same, short, for an axis: a time within two days, else a date. */
  tick(times: readonly number[], place: number, step: "minute" | "hour" | "day"): string;
}

export const NONE = "–";

/** Formats of figures in the page's language. */
export function useFigures(): FigureFormats {
  const { locale, formats } = usePage();
  const { noPrice } = useInsightTexts().frame.chart;
  return useMemo(() => {
    const short = new Intl.NumberFormat(locale, { notation: "compact", maximumFractionDigits: 1 });
    const moment = new Intl.DateTimeFormat(locale, {
      ...{ weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" },
    });
    const time = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit" });
    const date = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short" });
    const utcDate = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", timeZone: "UTC" });
    const usd = new Intl.NumberFormat(locale, {
      ...{ style: "currency", currency: "USD", currencyDisplay: "narrowSymbol" },
    });
    // Days are days of UTC, so their names are too.
    const day = new Intl.DateTimeFormat(locale, {
      ...{ weekday: "short", day: "numeric", month: "short", timeZone: "UTC" },
    });
    return {
      share: (share) => (share === null ? NONE : shareWords(share, locale)),
      duration: (ms) => (ms === null ? NONE : formats.duration(ms)),
      usd: (amount) =>
        amount === null ? noPrice : (isCents(amount) ? usd : { format: formats.usd }).format(amount),
      count: (n) => (Math.abs(n) < 10_000 ? formats.integer(n) : short.format(n)),
      slot: (atMs, step) => (step === "day" && atMs % DAY_MS === 0 ? day : moment).format(atMs),
      tick(times, place, step) {
        const spanMs = (times.at(-1) ?? 0) - (times[0] ?? 0);
        return (step === "day" ? utcDate : spanMs > 2 * DAY_MS ? date : time).format(times[place] ?? 0);
      },
    };
  }, [locale, formats, noPrice]);
}

/** True for whole cents, which are written with both digits. */
const isCents = (usd: number): boolean => Math.abs(usd * 100 - Math.round(usd * 100)) < 1e-9;
