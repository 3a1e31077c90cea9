/** Ports of the figures about the local classifier's guesses. */
import type { KeptExchanges } from "./exchanges.ts";
import type { ModelUse, Opinion } from "./record.ts";

/** Guesses of one intent in one language, beside what the model said. */
export interface GuessCell {
  /** Null: like none of the intents. */
  intent: string | null;
  language: string | null;
  /** Turns that were guessed at. */
  turns: number;
  /** Of these, guesses that are sure enough to decide. */
  sure: number;
  /** Of the sure ones, those that the model sorted too, and those where it said the same. */
  compared: number;
  agreed: number;
  /** The same of all likely guesses, sure or not. */
  likely: number;
  likelyAgreed: number;
}

/** Guesses of the newest weights within a time. */
export interface GuessFigures {
  /** Names the weights; null: nothing was guessed. */
  version: string | null;
  cells: GuessCell[];
}

/** A message that may be learnt from, and what the model said of it. */
export interface Learnable {
  text: string;
  intent: string;
  language: string;
}

/** Answer of the model about a sure guess that had decided, and what asking cost. */
export interface Comparison {
  turnId: string;
  /** Null: the model did not answer. */
  model: Opinion | null;
  /** Tokens and cost of the call, as the turn's record has them. */
  used: Omit<ModelUse, "model"> & { models: readonly ModelUse[] | null };
  /** For the day's budget; a call without an answer counts too. */
  usd: number;
  /** Of the call; null: not to be kept. */
  exchanges: KeptExchanges | null;
}

export interface ComparisonStore {
  /**
   * Adds a comparison to its turn, and its cost to the turn's and the day's. Exchanges are not kept when the customer has changed or deleted
   * a message since the turn began: they may hold it as it was.
   */
  record(comparison: Comparison): Promise<void>;
}

export interface GuessReader {
  /** Epoch milliseconds, the end not included. */
  agreement(tenantId: string, time: { fromMs: number; toMs: number }): Promise<GuessFigures>;
  /**
   * Single texts that the model sorted surely and words did not decide, newest first, each once. Those that the classifier guessed rightly
   * are among them: how often customers want what is learnt too.
   */
  learnable(tenantId: string, wanted: { fromMs: number; most: number }): Promise<Learnable[]>;
}
