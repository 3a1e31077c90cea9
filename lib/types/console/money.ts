/** Ports of the console: Meta's prices, and what models charge besides the bot's turns. */
import type { Rate } from "../../../contracts/console/money.ts";
import type { Grain } from "../metrics.ts";

/** A company's table of prices; at most so many rows. */
export interface Rates {
  /** By market and category, the latest day first. */
  list(tenantId: string): Promise<Rate[]>;
  /** Enters a price; `was`: the one that stood there when its writer looked, null for none. */
  write(tenantId: string, rate: Rate & { was: number | null }): Promise<"written" | "changed" | "full">;
  /** Removes a price that still is `priceUsd`; false when it is not there or another. */
  remove(tenantId: string, rate: Rate): Promise<boolean>;
  /** Enters all of them or none; null when the company would have more than its most. */
  importAll(tenantId: string, rates: readonly Rate[]): Promise<{ written: number; same: number } | null>;
  /** Country of the customer of a conversation, by two letters; null when it is not known. */
  countryOf(tenantId: string, conversationId: string): Promise<string | null>;
}

/** Model cost of operators' suggestions and trials in one slot. */
export interface HelperCost {
  /** Beginning of the slot, epoch milliseconds. */
  at: number;
  kind: "suggestion" | "trial";
  n: number;
  tokensIn: number;
  tokensOut: number;
  usd: number;
  /** Of `n`, those whose model has no known price. */
  unpriced: number;
}

/** Reader of what is in no counter. */
export interface HelperCosts {
  read(tenantId: string, range: { fromMs: number; toMs: number; step: Grain }): Promise<HelperCost[]>;
}
