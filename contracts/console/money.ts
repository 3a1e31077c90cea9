/** The console's API of the page of money. Amounts are US dollars, times epoch milliseconds. Paths are below `/api/console`. */
import type { InsightHead } from "./insight.ts";

/** What Meta sorts billed messages into. */
export type RateCategory =
  | "marketing"
  | "utility"
  | "authentication"
  | "authentication_international"
  | "service";

/** Meta's price for one delivered message, from the beginning of a day of UTC until the next price of its market and category. */
export interface Rate {
  /** A country by its two letters, or one of Meta's groups, e.g. `rest_of_latin_america`. */
  market: string;
  category: RateCategory;
  priceUsd: number;
  /** `2026-10-01` */
  validFrom: string;
}

/** `GET /t/:tenant/rates` */
export interface RatesView {
  /** By market and category, the latest day first. */
  rates: Rate[];
  /** Markets of Meta's card, with the names that it gives them. */
  markets: { market: string; name: string }[];
  /** Other countries that a price can be entered for. */
  countries: string[];
}

/** `POST /t/:tenant/rates`; `was`: the price of that very day that the page shows, null for none. 409 `rate_changed` when it is another by now. */
export type RateInput = Rate & { was: number | null };

/** `POST /t/:tenant/rates/remove` takes a Rate; 409 `rate_changed` likewise. */

/** `POST /t/:tenant/rates/import`; `validFrom` for lines that name no day. */
export interface RatesImport {
  csv: string;
  validFrom: string;
}

/** What can be wrong with a line of a file of prices; the page says each in its language, with what to do. */
export type RateProblemCode =
  | "no_columns"
  | "no_price_column"
  | "no_category_column"
  | "too_many_lines"
  | "open_quote"
  | "market"
  | "currency"
  | "category"
  | "day"
  | "price"
  | "repeated"
  | "no_price";

/** A wrong line of a file of prices. */
export interface RateProblem {
  line: number;
  code: RateProblemCode;
  /** What it is about: the market or category that the line names, or the line that it repeats; else empty. */
  about: string;
  /** The same in English. */
  message: string;
}

/** All of a file was entered, or nothing of it: then `problems` names its wrong lines. */
export type RatesImported = { written: number; same: number } | { problems: RateProblem[] };

/** An amount with what stands behind it. */
export interface Amount {
  /** Null: there was something, and no price of it is known. At least so much when `unpriced` is over 0. */
  usd: number | null;
  /** Turns, messages or answers. */
  n: number;
  /** Of `n`, those without a known price. */
  unpriced: number;
}

/** What models read, wrote and charged. */
export interface ModelSpend extends Amount {
  /** A model, an intent or a company. */
  name: string;
  tokensIn: number;
  /** Of these, tokens that the services had cached; null: not counted. */
  tokensCached: number | null;
  tokensOut: number;
  /** Of `usd`, what answers cost that were not wanted: begun before the intent was sure, or beside a call that was late; null: not counted. */
  discardedUsd: number | null;
}

/** Delivered messages of a country and category. */
export interface FeeRow extends Amount {
  /** Two letters; empty: not known. */
  country: string;
  /** As Meta names it; most are a RateCategory. */
  category: string;
  /** Delivered, and free of charge; not in `n`. */
  free: number;
  /** Market whose price holds at the end of the period, and that price; null: none is entered. */
  market: string | null;
  priceUsd: number | null;
}

/** What the month may come to. */
export interface MonthForecast {
  /** The whole month if its other days went as in the cheapest and the dearest of `weeks` whole weeks. */
  low: number;
  high: number;
  weeks: number;
}

/** `GET /t/:tenant/insight/money`: range and numbers of the address; filters by label are left out. */
export interface MoneyView {
  head: InsightHead;
  slots: number[];
  total: Amount;
  models: Amount;
  /** Of what models cost, the answers that were not wanted; tokens read and written. */
  discarded: { usd: number; tokens: number };
  fees: Amount & { free: number };
  suggestions: ModelSpend;
  trials: ModelSpend;
  /** Dollars by slot, of what has a price. */
  series: { models: number[]; fees: number[]; helpers: number[] };
  byModel: ModelSpend[];
  byIntent: ModelSpend[];
  /** Only with several numbers. */
  byNumber: { name: string; models: Amount; fees: Amount }[];
  feeRows: FeeRow[];
  /** Of the part of the period whose conversations are all counted: they end after a day of silence. Null when it has no whole slot. */
  conversations: {
    throughMs: number;
    all: number;
    resolved: number;
    /** Spent in that time. */
    spent: Amount;
  } | null;
  /** Calendar month of UTC so far, whatever the range. `forecast` null: there are fewer than three whole weeks of figures. */
  month: { fromMs: number; toMs: number; spent: Amount; forecast: MonthForecast | null; wholeWeeks: number };
  /** Replies of the bot and the messages that they were split into. `further`: billed messages beyond the first, by Meta's prices. */
  splitting: { replies: number; parts: number; further: Amount };
}
