/** Acts: what a tool would change, asked of the customer and done once when they have confirmed it (docs/effects.md). */
import type { Language } from "../company.ts";
import type { Json } from "../json.ts";
import type { DeclaredTool } from "../tools/declared.ts";
import type { ClaimRef } from "../turn-store.ts";

/**
 * `proposed`: asked; `awaiting_approval`: confirmed by the customer, and an operator must approve it; `confirmed`: approved, and yet to be
 * executed; `executing`: its tool was called, or is about to be; `unknown`: nobody knows whether it was done.
 */
export type ActState =
  | "proposed"
  | "awaiting_approval"
  | "confirmed"
  | "executing"
  | "executed"
  | "failed"
  | "unknown"
  | "expired"
  | "cancelled";

/** An act as a turn reads it. */
export interface Act {
  id: string;
  tool: string;
  /** The tool as it was declared when the customer was asked. */
  declared: DeclaredTool;
  input: Json;
  question: string;
  language: Language;
  state: ActState;
  /** How its last call ended; of a cancelled one: `customer`, `superseded`, `changed` or `refused`. */
  code: string | null;
  answer: Json;
  idempotencyKey: string;
  /** Calls of its tool so far. */
  attempts: number;
  /** Id of our message with its buttons. */
  messageId: string;
  /** Id of the customer's message that answered it. */
  answeredBy: string | null;
  /** True when an operator has approved or refused it. */
  decided: boolean;
  /** True when a reply has said how it ended. */
  told: boolean;
}

/** An act that a reply asks the customer about. */
export interface ProposedAct
  extends Pick<Act, "id" | "declared" | "input" | "question" | "language" | "idempotencyKey"> {
  /** Within which the customer may confirm. */
  minutes: number;
}

/** A customer's answer to an act; `changed`: the company no longer declares the tool as it was. */
export interface BeginAct {
  actId: string;
  answer: "yes" | "no" | "changed";
  /** The message that says so; null for an act that an operator has decided. */
  messageId: string | null;
  needsApproval: boolean;
  /** Lease from then on, where the tool is to be called. */
  leaseMs: number;
}

/** How the call of an act's tool ended. */
export interface EndAct {
  actId: string;
  state: "executed" | "failed" | "unknown";
  code: string | null;
  answer: Json;
  /** Of an executed act whose tool has one; null or absent: no reminder is kept or forgotten. */
  reminder?: ActReminder | null;
}

/** What an executed act does to reminders. */
export interface ActReminder {
  /** Name of the appointment whose reminder is no longer to be sent. */
  forget: string | null;
  keep: KeptReminder | null;
}

/** A reminder to be kept; one of the same key is replaced by it. */
export interface KeptReminder {
  key: string;
  startsAtMs: number;
  dueAtMs: number;
  template: string;
  languageCode: string;
  values: string[];
}

/** Store of acts as seen by a turn; each call is one statement, fenced by the claim's epoch. */
export interface ActStore {
  /** Notes a call before it is made: `call` says that it is to be made. Null for an act that is not this customer's in this conversation. */
  begin(claim: ClaimRef, begin: BeginAct): Promise<{ leaseHeld: boolean; call: boolean; act: Act | null }>;
  /** Returns the act as it is then. */
  end(claim: ClaimRef, end: EndAct): Promise<{ leaseHeld: boolean; act: Act | null }>;
}
