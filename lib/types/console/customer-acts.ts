/** Port of the console: acts that customers confirm (docs/effects.md). */
import type { ActState } from "../turn/acts.ts";
import type { ActRef } from "./acts.ts";

/** An act as operators see it. */
export interface StoredCustomerAct {
  id: string;
  tool: string;
  question: string;
  /** Fields that go to the company's system. */
  input: unknown;
  state: ActState;
  code: string | null;
  /** Epoch milliseconds. */
  askedAt: number;
  /** Of who approved or refused it. */
  decidedBy: string | null;
}

/** `decided`: it no longer waits; `not_with_bot`: a person or another app has the conversation; `window_closed`: the customer could not be told. */
export type DecideOutcome = "done" | "not_found" | "decided" | "not_with_bot" | "window_closed";

export interface CustomerActs {
  /** Those of a conversation, newest first; at most twenty. Null: the company has no such conversation. */
  list(tenantId: string, conversationId: string): Promise<StoredCustomerAct[] | null>;
  decide(ref: ActRef, actId: string, approve: boolean): Promise<DecideOutcome>;
}
