/** The console's API: acts that customers confirm. Paths are below `/api/console`. */
import type { SettledHow } from "../../lib/types/console/customer-acts.ts";
import type { ActState } from "../../lib/types/turn/acts.ts";

/** An act of a conversation. */
export interface CustomerAct {
  id: string;
  tool: string;
  /** What the customer was asked. */
  question: string;
  /** What goes to the company's system: field → value in words. */
  input: readonly { field: string; value: string }[];
  state: ActState;
  code: string | null;
  /** Epoch milliseconds. */
  askedAt: number;
  /** Name of who approved or refused it. */
  decidedBy: string | null;
  /** What a person did about it; `by` is null when they are no longer with the company. */
  settled: { how: SettledHow; note: string | null; at: number; by: string | null } | null;
}

/**
 * `POST …/acts/:act/settle`, of an act that failed or is unknown; the answer is as to a look. 409 `act_settled` with who was first, `act_not_open`.
 */
export interface SettleAct {
  how: SettledHow;
  note?: string;
}

/**
 * What became of a reminder: `planned` until it is written down, then by its message; `withheld`: its appointment was cancelled or moved before it
 * was sent.
 */
export type ReminderState =
  | ("planned" | "sending" | "sent" | "undelivered" | "withheld")
  | ("missed" | "failed" | "cancelled");

/** A reminder of an appointment. `POST …/reminders/:reminder/cancel`, without a body: 409 `reminder_over`, `reminder_cancelled` with who was first. */
export interface ReminderView {
  id: string;
  /** What names the appointment in the company's system. */
  key: string;
  template: string;
  state: ReminderState;
  /** Why it was not sent, or waits. */
  reason: string | null;
  /** Epoch milliseconds: of the appointment, and of the sending. */
  startsAt: number;
  dueAt: number;
  /** Name of who cancelled it. */
  cancelledBy: string | null;
}

/**
 * `GET /t/:tenant/conversations/:id/acts`; also the answer to `POST …/acts/:act/approve` and `…/refuse`, which have no body, and to all others
 * that change an act or a reminder.
 */
export interface CustomerActsView {
  acts: CustomerAct[];
  /** By the time of sending, the last first. */
  reminders: ReminderView[];
  /** IANA time zone of the company; null: not known, or no reminder. */
  timeZone: string | null;
}
