/** Port of the store for the webhook. */
import type { Admission } from "./cache.ts";
import type { Language } from "./company.ts";
import type { Customer, OpenWindow } from "./conversation.ts";
import type {
  AccountEvent,
  Call,
  Handover,
  IdentityChange,
  InboundMessage,
  OperatorEcho,
  Preference,
  Spelled,
  StatusUpdate,
} from "./inbound.ts";
import type { Claim } from "./turn-store.ts";

export interface ReceiveBatch {
  /** Our business numbers; messages to any other are counted, not stored. */
  phoneNumberIds: readonly string[];
  /** Configured throughput per number, messages per second; other numbers learn theirs from refusals. */
  throughputs: Readonly<Record<string, number>>;
  messages: readonly (InboundMessage &
    Spelled & {
      admission: Exclude<Admission["verdict"], "duplicate">;
      retryAfterS: number | null;
      startsTurn: boolean;
      /** Set when the message is an opt-out (`stop`) or opt-in (`start`). */
      opt: "stop" | "start" | null;
      /** Word of an opt-out that does not count as one if it may answer our last message; null: it counts. */
      optUnlessAnswer: string | null;
      /** True for a question or request: a customer who has opted out is told the way back. */
      asks: boolean;
    })[];
  statuses: readonly (StatusUpdate & { effect: FailureEffect | null })[];
  operatorEchoes: readonly (OperatorEcho & Spelled)[];
  /** `phones`: the spellings of `phone`. */
  identityChanges: readonly (IdentityChange & {
    phones?: Record<keyof IdentityChange["phone"], readonly string[]>;
  })[];
  preferences: readonly (Preference & Spelled)[];
  calls: readonly (Call & Spelled)[];
  handovers: readonly (Handover & Spelled)[];
  accountEvents: readonly AccountEvent[];
  /** Seconds that the bot stays silent after an operator wrote from the WhatsApp Business app. */
  humanPauseS: number;
  /** Messages that a customer may send per window; applied when the cache gave no verdict. */
  rateLimit: { max: number; windowS: number };
  /** Claims the turn in the same statement if everything is from one customer without unread messages; null: never. */
  claim: { turnId: string; leaseMs: number } | null;
}

/** Notice to a customer over the rate limit, once per window. */
export interface LimitNotice {
  conversationId: string;
  phoneNumberId: string;
  customer: Customer;
  window: OpenWindow;
  companyLanguage: Language;
  /** Text of the message over the limit, for guessing the language. */
  text: string | null;
  retryAfterS: number;
}

export interface Received {
  /** Conversations with unread messages. */
  conversationIds: string[];
  /** Turn already claimed for the only conversation with unread messages; null: each still needs `claim`. */
  startedTurn: Claim | null;
  /** A few older conversations left unread and without a lease. */
  leftUnread: string[];
  stored: number;
  duplicates: number;
  limited: number;
  /** Messages to numbers other than ours. */
  notOurs: number;
  /** Status reports that advanced a stored message. */
  statusesApplied: number;
  notices: LimitNotice[];
  /** Handoffs opened by failed status reports. */
  handoffs: {
    tenantId: string;
    conversationId: string;
    companyName: string;
    companyLanguage?: Language;
    reason: string;
    language: Language;
  }[];
  /** Account events reported for the first time that need an alert. */
  alerts: (Pick<AccountEvent, "field" | "event" | "severity"> & { tenantId: string | null })[];
  /** True when somebody has waited long enough for an operator: `endWaits` has work. */
  handoffsDue: boolean;
  /** Companies where other customers may wait for a person than before, besides `handoffs`. */
  queuesChanged: string[];
}

/**
 * Effect of a refusal or a failed status report (`lib/whatsapp/errors.ts`): `reengage` with the company's template or an
 * operator; `unreachable`: the customer cannot be written to; `no_marketing`: they want no marketing; `slow_down`: the number
 * sends too fast; `plain_form`: the message is sent once more in its plain form, if it has one, else an operator is called;
 * `call_operator`: an operator is called.
 */
export type FailureEffect =
  | "reengage"
  | "unreachable"
  | "no_marketing"
  | "slow_down"
  | "plain_form"
  | "call_operator";

/** A company whose handoffs nobody has taken. */
export interface HandoffReminder {
  companyName: string;
  companyLanguage: Language;
  /** Customers who wait. */
  waiting: number;
  /** The longest of these waits, in seconds. */
  longestS: number;
}

/** Store as seen by the job that ends waits for an operator. */
export interface WaitingHandoffs {
  /**
   * Ends due waits: drafts a notice in each of these conversations, once, and lets the bot go on. `reminders`: what companies
   * have not been reminded of today.
   */
  endWaits(limit: number): Promise<{ conversationIds: string[]; reminders: HandoffReminder[] }>;
}

/** Store as seen by the resume job. */
export interface UnreadConversations {
  /** Unread conversations without a lease, longest waiting first. */
  unread(limit: number): Promise<string[]>;
}

/** Store as seen by the chain of the resume job. */
export interface NextUnread {
  /** Milliseconds until an unread conversation that no process holds is to be resumed, 0: now; null when there is none. */
  nextUnreadMs(): Promise<number | null>;
}

/** Store as seen by the webhook. */
export interface InboxStore {
  /** Stores a whole webhook body in one statement. Throws when it cannot, so that Meta redelivers. */
  receive(batch: ReceiveBatch): Promise<Received>;
  /** Releases the turn that a `receive` without an answer may have claimed. */
  release(turnId: string): Promise<void>;
  recordNotice(notice: { conversationId: string; text: string; waMessageId: string }): Promise<void>;
}
