/** Port of the store for turns. */
import type { Language, Tenant } from "./company.ts";
import type { Customer, OpenWindow, StoredMessage } from "./conversation.ts";
import type { FailureEffect } from "./inbox-store.ts";
import type { OutboundMessage } from "./outbound.ts";
import type { HandoffRequest, ToolCallRecord } from "./tools.ts";
import type { Act, ProposedAct } from "./turn/acts.ts";
import type { KeptExchanges } from "./turn/exchanges.ts";
import type { IntentGuess, ModelUse, Redrafted } from "./turn/record.ts";

/** A drafted message not known to be sent, left by a process that died or got no answer. */
export interface UnsentMessage {
  id: string;
  turnId: string;
  message: OutboundMessage;
  /** Message to quote, or null. */
  quoteWaMessageId: string | null;
  /** Attempted sends; 0: certainly not sent. */
  sends: number;
  /** Milliseconds since the draft, the last send, or the end of the lease under which it may have been sent. */
  ageMs: number;
  /** True when Meta reported this message as failed in this very form: it is made plainer before it is sent. */
  refused: boolean;
  /** True when an operator wrote it: it is sent as it is, or not at all. */
  byOperator: boolean;
  /** True for a reminder of an appointment. */
  reminder?: boolean;
}

/** The exclusive right to answer one conversation, fenced by `epoch`, with all data that a turn needs. */
export interface Claim {
  turnId: string;
  conversationId: string;
  epoch: number;
  /** Newest message that this turn covers; later ones are unread. */
  throughSeq: number;
  /** Newest message answered before; the same in all attempts at this turn. */
  afterSeq: number;
  /** Earlier attempts at these pending messages. */
  attempts: number;
  tenant: Tenant;
  customer: Customer;
  /** Customer's messages since the last reply, in Meta's order. */
  pending: StoredMessage[];
  /** Last messages of both sides before `pending`, oldest first. */
  history: StoredMessage[];
  /** Messages to confirm or resend before anything new is drafted. */
  unsent: UnsentMessage[];
  /** Null when Meta accepts only templates: over 24 hours after the customer's last message or call. */
  window: OpenWindow | null;
  /** Handoff of an earlier reply that operators have not been notified of; then nothing is pending. */
  unnotifiedHandoff: HandoffRequest | null;
  /** True when a handoff is open that no operator has taken, and the bot goes on meanwhile. */
  waitsForPerson: boolean;
  /** What the operator who gave the conversation back wants the bot to know; null or absent: nothing. */
  botNote?: string | null;
  /** Rung of the previous turn; tells a second failure in a row from the first. */
  previousRung: string | null;
  /** Intent of the turn that was answered last; null or absent: none is known. */
  previousIntent?: string | null;
  usage: UsageToday;
  repeat: Repeat | null;
  /** The newest acts of the conversation, newest first; absent: there are none. */
  acts?: readonly Act[];
}

/** Usage today (UTC) before this turn. */
export interface UsageToday {
  /** Turns of this customer. */
  turns: number;
  /** Seconds of this customer's sound that were transcribed. */
  soundSeconds: number;
  /** Model cost of the business number. */
  numberUsd: number;
}

/** Signs of another bot, as stored with the last draft. */
export interface Repeat {
  /** Of the words. */
  key: string;
  /** Messages in a row with these words, or without anything new. */
  count: number;
  /** Rounds in a row in which the answer to our reply came sooner than a person types. */
  atOnce: number;
}

/** The four ids that name a claim to the store. */
export type ClaimRef = Pick<Claim, "conversationId" | "epoch" | "turnId" | "throughSeq">;

/** One message about a handoff, as it is sent and as pages show it. */
export interface HandoffNotice {
  message: OutboundMessage;
  text: string;
}

/** How long the customer waits for an operator, and what they hear. Times are epoch milliseconds. */
export interface HandoffWait {
  dueAtMs: number;
  notices: {
    /** Sent when the wait is over and nobody has come. */
    waiting?: HandoffNotice;
    /** Sent once to a customer who writes within these hours. */
    away?: HandoffNotice & { fromMs: number; untilMs: number };
  };
}

export interface DraftInput {
  claim: ClaimRef;
  parts: readonly PartForm[];
  /** Readings of the messages that this draft answers, by message id. */
  readings: readonly { messageId: string; text: string }[];
  /** New language of the customer; null: unchanged. */
  language: Language | null;
  handoff: (HandoffRequest & Partial<HandoffWait>) | null;
  toolCalls: readonly ToolCallRecord[];
  /** What models were sent and said; null: it is not kept. */
  exchanges: KeptExchanges | null;
  /** True when newer messages must not discard this draft (the last round of a burst). */
  evenIfOvertaken: boolean;
  leaseMs: number;
  record: TurnRecord;
  /** Added to today's usage with the draft, as one more turn. */
  usage: { usd: number; soundSeconds: number };
  repeat: Repeat | null;
  /** Id of the message by which the customer opts out, when only the turn could tell; null: none. */
  optOut: string | null;
  /** The act that it asks about, under the part `messageId`; null or absent: none. */
  act?: (ProposedAct & { messageId: string }) | null;
  /** Ids of acts of which it says how they ended. */
  actsTold?: readonly string[];
}

/**
 * Outcome of a draft. `send`: send it. `overtaken` by newer messages: the lease is free, run again. `taken_over` by an
 * operator, or the customer has opted out: kept as a suggestion, the lease is free. `window_closed`: only a template may
 * be sent; nothing was written and the lease is kept. `lost` to a successor: stop at once.
 */
export type DraftOutcome =
  /** `waitMs`: pause before the first part, required by Meta's rate limits. */
  | { outcome: "send"; handoffOpened: boolean; waitMs: number }
  | { outcome: "overtaken" | "taken_over" | "window_closed" | "lost" };

/** A part's message as it is to be sent; `text` is shown in the history and on pages. */
export interface PartForm {
  id: string;
  message: OutboundMessage;
  text: string;
  quoteWaMessageId: string | null;
}

/** Record of a turn: decisions, cost and time per stage. */
export interface TurnRecord {
  intent: string | null;
  confidence: number | null;
  decidedBy: "local" | "likeness" | "model" | "cache" | "default" | null;
  /** What the local classifier guessed, whoever decided; null: nothing was guessed. */
  guess: IntentGuess | null;
  language: Language | null;
  intentModel: string | null;
  replyModel: string | null;
  /** Why it is this model: `balanced/hard` (profile and tier), `REPLY_MODEL`, `fallback` or `budget`; null: no model, or not known. */
  modelChoice: string | null;
  inputTokens: number;
  /** Of these, tokens that the models' services had cached. */
  cachedTokens: number;
  outputTokens: number;
  /** Null when a model without a known price was used. */
  costUsd: number | null;
  /** The same of each model; null: not kept. */
  models: readonly ModelUse[] | null;
  /** Milliseconds by stage name. */
  stagesMs: Record<string, number>;
  /** Rung of the degradation ladder that answered. */
  rung: string;
  /** Error codes of failures on the way, never texts. */
  errors: string[];
  rounds: number;
  traceId: string | null;
}

export interface SentPart {
  id: string;
  /** `unsent`: certainly not sent, to be sent later; `withheld`: must not be sent any more. */
  outcome: "accepted" | "ambiguous" | "rejected" | "unsent" | "withheld";
  /** Sends counted when this process began its own; a send that did not happen is uncounted only from this value. */
  sends: number;
  waMessageId: string | null;
  metaCode: number | null;
  /** Spelling of the customer's phone that Meta accepted after it had refused the usual one; absent otherwise. */
  acceptedPhone?: string;
}

export interface FinishInput {
  claim: ClaimRef;
  parts: readonly SentPart[];
  /** Effects of Meta's refusals. */
  effects: readonly FailureEffect[];
  /** `answered`: everything sent or withheld; `retry`: to be tried again; `dead`: given up. */
  result: "answered" | "retry" | "dead";
  /** With `dead`: the reason. */
  reason: DeathReason | null;
  /** With `retry`: back-off in milliseconds. */
  retryAfterMs: number;
  /** True when operators were notified of this turn's handoff. */
  handoffNotified: boolean;
  /** Null keeps the draft's record. */
  record: TurnRecord | null;
  /** What models were sent and said, where no draft has kept it; absent or null: nothing more is kept. */
  exchanges?: KeptExchanges | null;
  /** Without a record: error code of this attempt, so that a dead letter can name it. */
  failure?: string;
}

/**
 * Reason for a dead letter: the reply could not be composed; Meta refused it; its last allowed send was never confirmed;
 * it came too late for Meta's 24 hours.
 */
export type DeathReason = "failed" | "refused" | "unconfirmed" | "window_closed";

export interface Finished {
  /** False when a successor had the lease; then nothing was written. */
  leaseHeld: boolean;
  /** True when something is unread or unsent: run again. */
  hasUnread: boolean;
  /** Handoff opened because the reply could not be delivered; null when none. */
  handoff: { reason: string } | null;
}

/** Store as seen by a turn. Each call is one statement and one round trip. */
export interface TurnStore {
  /** Null when another process holds the lease, or there is nothing to do. */
  claim(conversationId: string, leaseMs: number): Promise<Claim | null>;
  draft(input: DraftInput): Promise<DraftOutcome>;
  finish(input: FinishInput): Promise<Finished>;
  /**
   * Counts one more send of the messages that no status report has confirmed (`unconfirmed`); only these may be resent.
   * None when `maySend` is false: then they are withheld.
   */
  beginResend(
    claim: ClaimRef,
    messageIds: readonly string[],
    leaseMs: number,
  ): Promise<{ leaseHeld: boolean; maySend: boolean; unconfirmed: string[]; waitMs: number }>;
  /**
   * Replaces a part that Meta refused by a plainer form, before that is sent. `redrafted` is false when a status report has
   * meanwhile confirmed an earlier send; nothing is written unless `maySend`.
   */
  redraft(claim: ClaimRef, form: PartForm, leaseMs: number): Promise<Redrafted>;
  /**
   * Last check before a part is sent. `maySend`: the claim is still valid, no operator has taken over and the customer
   * has not opted out. `reached`: a status report said that the previous part reached the phone.
   */
  checkBeforeSend(
    claim: ClaimRef,
    previousId: string | null,
  ): Promise<{ maySend: boolean; reached: boolean }>;
  /** True for the first call of a day (UTC) for this customer; for names with `number:` in front, for this number. */
  firstAlertToday(claim: Pick<Claim, "customer" | "tenant">, notice: string): Promise<boolean>;
}
