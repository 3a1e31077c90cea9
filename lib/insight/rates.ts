import type { Rate, RateCategory } from "../../contracts/console/money.ts";
import { marketsOf } from "./markets.ts";

export const RATE_CATEGORIES = [
  ...["marketing", "utility", "authentication", "authentication_international", "service"],
] as const satisfies readonly RateCategory[];

/** A price, and the market that it is for. */
export interface Price {
  market: string;
  usd: number;
}

/** Meta's price for a message of a category to a country at a time; null when none was entered. */
export type PriceAt = (country: string, category: string, atMs: number) => Price | null;

/** Prices by day from a company's table. The day of a message decides, so a price never changes what was before it. */
export function pricesOf(rates: readonly Rate[]): PriceAt {
  const byKey = new Map<string, { fromMs: number; usd: number }[]>();
  for (const { market, category, priceUsd, validFrom } of rates) {
    const key = keyOf(market, category);
    const own = byKey.get(key) ?? [];
    own.push({ fromMs: dayMs(validFrom), usd: priceUsd });
    byKey.set(key, own);
  }
  for (const own of byKey.values()) own.sort((a, b) => b.fromMs - a.fromMs);
  return (country, category, atMs) => {
    for (const market of marketsOf(country)) {
      const found = byKey.get(keyOf(market, category))?.find(({ fromMs }) => fromMs <= atMs);
      if (found) return { market, usd: found.usd };
    }
    return null;
  };
}

/** Beginning of a day such as `2026-10-01`, UTC. */
const dayMs = (day: string): number => Date.parse(`${day}T00:00:00Z`);

/** Messages to groups have names of their own, and the same prices. */
const keyOf = (market: string, category: string): string => `${market} ${category.replace("group_", "")}`;
