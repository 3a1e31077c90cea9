import type { Amount } from "../../../../contracts/console/money.ts";
import { usePage } from "../../shared/page.tsx";
import { textFor } from "../../texts/texts.ts";
import { NONE, useFigures } from "./formats.ts";
import { useInsightTexts } from "./texts.ts";

/** How amounts and what they are for are written. */
export interface MoneyWords {
  /** Dollars: cents from one dollar on, finer below; "no price" where it is not known. */
  usd(amount: number | null): string;
  /** An amount; "at least" where some of it has no known price. */
  amount(amount: Pick<Amount, "usd" | "unpriced">): string;
  /** An amount for each of so many; "–" for none. */
  each(amount: Pick<Amount, "usd" | "unpriced">, count: number): string;
  /** A market or a country. */
  market(market: string): string;
  category(category: string): string;
}

/** Words of the page of money. */
export function useMoneyWords(): MoneyWords {
  const { money } = useInsightTexts();
  const { language } = usePage();
  const figures = useFigures();
  const usd = (amount: number | null) =>
    figures.usd(amount === null || Math.abs(amount) < 1 ? amount : Math.round(amount * 100) / 100);
  const amount: MoneyWords["amount"] = (given) =>
    given.usd !== null && given.unpriced > 0 ? money.atLeast(usd(given.usd)) : usd(given.usd);
  return {
    usd,
    amount,
    each: ({ usd, unpriced }, count) =>
      count === 0 ? NONE : amount({ usd: usd === null ? null : usd / count, unpriced }),
    market: (market) =>
      textFor(money.groups, market) ?? countryIn(language, market) ?? money.fees.unknownCountry,
    category: (category) => textFor(money.categories, category) ?? (category || NONE),
  };
}

/** Name of a country in a language; null for what is none. */
function countryIn(language: string, code: string): string | null {
  if (!/^[A-Z]{2}$/.test(code)) return null;
  return new Intl.DisplayNames(language, { type: "region" }).of(code) ?? code;
}
