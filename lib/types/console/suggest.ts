/** Ports of the console: drafts that the model writes for an operator. */
import type { Claim } from "../turn-store.ts";

/** Who wants a draft for which conversation of which company. */
export interface SuggestionRef {
  tenantId: string;
  conversationId: string;
  operatorId: string;
}

/** End of a draft: the whole checked text, or why there is none. */
export type Suggested =
  | { kind: "done"; text: string; costUsd: number | null; model: string | null }
  | { kind: "failed"; code: string };

/** A draft that can be started. */
export type StartSuggestion = (run: {
  /** Called with words that may be shown already; what `done` brings takes the place of all of them. */
  onDelta(text: string): void;
  /** Aborted when nobody reads it any more: what was used by then is booked. */
  signal: AbortSignal;
}) => Promise<Suggested>;

export interface Suggester {
  /** Null when the company has no such conversation. The draft itself never throws and changes nothing in the conversation. */
  prepare(ref: SuggestionRef): Promise<StartSuggestion | null>;
}

/** What a draft used. */
export interface SuggestionRecord {
  model: string | null;
  inputTokens: number;
  outputTokens: number;
  costUsd: number | null;
  /** Counted against today's budgets. */
  usage: { usd: number; soundSeconds: number };
  errors: readonly string[];
  readings: readonly { messageId: string; text: string }[];
}

export interface SuggestionStore {
  /** What a turn would read, without its lease: the customer's messages since our last one, else their newest one, are pending. */
  claim(tenantId: string, conversationId: string): Promise<Claim | null>;
  book(ref: SuggestionRef, record: SuggestionRecord): Promise<void>;
}
