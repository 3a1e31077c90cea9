/** Port of the console: acts that customers confirm (docs/effects.md). */
import type { ActState } from "../turn/acts.ts";
import type { ActRef } from "./acts.ts";

/** What a person did about an act that failed, or whose result nobody knew: did it in the company's system, saw that it had been done, or dropped it. */
export type SettledHow = "by_hand" | "was_done" | "dropped";

/** What is said about it. */
export interface Settlement {
  how: SettledHow;
  note: string | null;
}

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
  /** What a person did about it, and who, as far as the company still knows them. */
  settled: (Settlement & { at: number; by: string | null }) | null;
}

/** `settled`: somebody else was first, or said something else before; `not_open`: it neither failed nor is unknown. */
export type SettleOutcome =
  | { outcome: "done" | "not_found" | "not_open" }
  | { outcome: "settled"; by: { id: string; name: string } | null };

/** `decided`: it no longer waits; `not_with_bot`: a person or another app has the conversation; `window_closed`: the customer could not be told. */
export type DecideOutcome = "done" | "not_found" | "decided" | "not_with_bot" | "window_closed";

/** A reminder as operators see it. */
export interface StoredReminder {
  id: string;
  /** What names the appointment in the company's system. */
  key: string;
  template: string;
  state: "waiting" | "written" | "missed" | "failed" | "cancelled";
  /** Why it was not sent, or waits. */
  reason: string | null;
  /** State of its message; null: it has none, or none any more. */
  message: string | null;
  /** Epoch milliseconds: of the appointment, and of the sending. */
  startsAt: number;
  dueAt: number;
  /** Of who cancelled it. */
  cancelledBy: string | null;
}

/** `cancelled`: somebody else was first; `over`: it was sent, or cannot be any more. */
export type CancelOutcome =
  | { outcome: "done" | "not_found" | "over" }
  | { outcome: "cancelled"; by: { id: string; name: string } | null };

export interface CustomerActs {
  /** Of a conversation, by the time of sending, the last first; at most twenty, and the company's time zone. */
  reminders(
    tenantId: string,
    conversationId: string,
  ): Promise<{ timeZone: string | null; reminders: StoredReminder[] }>;
  cancelReminder(ref: ActRef, reminderId: string): Promise<CancelOutcome>;
  /** Those of a conversation, newest first; at most twenty. Null: the company has no such conversation. */
  list(tenantId: string, conversationId: string): Promise<StoredCustomerAct[] | null>;
  decide(ref: ActRef, actId: string, approve: boolean): Promise<DecideOutcome>;
  settle(ref: ActRef, actId: string, settlement: Settlement): Promise<SettleOutcome>;
}
