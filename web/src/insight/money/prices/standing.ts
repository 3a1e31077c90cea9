import type { Rate } from "../../../../../contracts/console/money.ts";

/** Whether a price holds today, will, or did. */
export type Standing = "holds" | "later" | "before";

/** The day of a time, UTC. */
export const dayOf = (atMs: number): string => new Date(atMs).toISOString().slice(0, 10);

/** Prices with their standing on a day; of each market and category the latest day comes first. */
export function standings(rates: readonly Rate[], today: string): { rate: Rate; standing: Standing }[] {
  const holding = new Set<string>();
  return rates.map((rate) => {
    if (rate.validFrom > today) return { rate, standing: "later" };
    const key = `${rate.market} ${rate.category}`;
    const standing = holding.has(key) ? "before" : "holds";
    holding.add(key);
    return { rate, standing };
  });
}

/** A price as somebody types it, with a point or a comma; null for what is none. */
export function priceIn(text: string): number | null {
  const typed = text.trim().replace(",", ".");
  const price = Number(typed);
  return typed !== "" && price >= 0 && price <= 10 ? price : null;
}
