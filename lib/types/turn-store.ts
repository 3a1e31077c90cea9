/** The turn's side of the store. */
import type { Language, Tenant } from "./company.ts";
import type { Customer, OpenWindow, StoredMessage } from "./conversation.ts";
import type { FailureEffect } from "./inbox-store.ts";
import type { Json } from "./json.ts";
import type { OutboundMessage } from "./outbound.ts";
import type { HandoffRequest } from "./tools.ts";

/** A reply written down but not known to be sent: left by a holder that died or got no answer. */
export interface UnsentMessage {
  id: string;
  turnId: string;
  message: OutboundMessage;
  /** Message to quote, or null. */
  quoteWaMessageId: string | null;
  /** Times a send was begun; 0: certainly not sent yet. */
  sends: number;
  /** Milliseconds since the draft or the last send, or since the lease of a holder that may have sent it ended. */
  ageMs: number;
}

/** The exclusive right to answer one conversation, fenced by `epoch`, with everything a turn needs to know. */
export interface Claim {
  turnId: string;
  conversationId: string;
  epoch: number;
  /** The newest message this turn covers; anything above is news. */
  throughSeq: number;
  /** The newest message answered before: the same however often this turn goes round. */
  afterSeq: number;
  /** How often these pending messages were tried before. */
  attempts: number;
  tenant: Tenant;
  user: Customer;
  /** What the customer sent since the last answer, in Meta's order. */
  pending: StoredMessage[];
  /** The last messages of both sides before `pending`, oldest first. */
  history: StoredMessage[];
  /** To be settled before anything new is written. */
  unsent: UnsentMessage[];
  /** Null when Meta takes only templates to this person: over 24 hours after their last message or call. */
  window: OpenWindow | null;
  /** The handoff that an earlier reply opened and that nobody of the company was told of yet; then nothing is pending. */
  untoldHandoff: HandoffRequest | null;
  /** How the previous turn ended; tells a second failure in a row from the first. */
  previousRung: string | null;
  usage: UsageToday;
  repeat: Repeat | null;
}

/** What was used today (UTC) before this turn. */
export interface UsageToday {
  /** Turns of this person. */
  turns: number;
  /** Seconds of sound of this person that were listened to. */
  soundSeconds: number;
  /** Model cost of the whole number. */
  numberUsd: number;
}

/** The same words, sent again and again: which, and how often in a row, as the last draft kept it. */
export interface Repeat {
  key: string;
  count: number;
}

export interface ToolCallRecord {
  name: string;
  idempotencyKey: string;
  input: Json;
  output: Json;
  ms: number;
  failed: boolean;
}

/** The four ids that name a claim to the store. */
export type ClaimRef = Pick<Claim, "conversationId" | "epoch" | "turnId" | "throughSeq">;

export interface DraftInput {
  claim: ClaimRef;
  /** `text` is what stands in the history and on pages. */
  parts: readonly { id: string; message: OutboundMessage; text: string; quoteWaMessageId: string | null }[];
  /** What was heard or read in the messages that this draft answers, by message id. */
  readings: readonly { messageId: string; text: string }[];
  /** What is to be known of the customer's language from now on; null: nothing new. */
  language: Language | null;
  handoff: HandoffRequest | null;
  toolCalls: readonly ToolCallRecord[];
  /** True when this draft must stand even if newer messages came (the last round of a burst). */
  evenIfOvertaken: boolean;
  leaseMs: number;
  record: TurnRecord;
  /** Booked with the draft, as one turn more. */
  usage: { usd: number; soundSeconds: number };
  repeat: Repeat | null;
}

/**
 * What became of a draft: `send` it; `overtaken` by newer messages (the lease is free: run again); `taken_over` by
 * a person (kept as a suggestion, the lease is free), and so it is for a reader who has opted out; `window_closed`: only a template may be sent now (nothing was
 * written, the lease is still held); `lost` to a successor (stop at once).
 */
export type DraftOutcome =
  /** `waitMs`: how long Meta's rates want the first part to wait. */
  | { outcome: "send"; handoffOpened: boolean; waitMs: number }
  | { outcome: "overtaken" | "taken_over" | "window_closed" | "lost" };

/** What a turn leaves behind: who decided, what it cost, where the time went. */
export interface TurnRecord {
  intent: string | null;
  confidence: number | null;
  decidedBy: "local" | "model" | "default" | null;
  language: Language | null;
  intentModel: string | null;
  replyModel: string | null;
  inputTokens: number;
  outputTokens: number;
  /** Null when a model without a known price took part. */
  costUsd: number | null;
  /** Milliseconds by stage name. */
  stagesMs: Record<string, number>;
  /** The rung of the degradation ladder that answered. */
  rung: string;
  /** Codes of the failures on the way, never texts. */
  errors: string[];
  rounds: number;
  traceId: string | null;
}

export interface SentPart {
  id: string;
  /** `unsent`: certainly not sent, to be sent later; `withheld`: not sent, and not to be. */
  outcome: "accepted" | "ambiguous" | "rejected" | "unsent" | "withheld";
  /** Sends counted when this holder began its own; one that did not happen is taken back only from so many. */
  sends: number;
  waMessageId: string | null;
  errorCode: number | null;
}

export interface FinishInput {
  claim: ClaimRef;
  parts: readonly SentPart[];
  /** What refusals change. */
  effects: readonly FailureEffect[];
  /** How the turn ended: everything said or withheld; to be tried again; or given up. */
  result: "answered" | "retry" | "dead";
  /** With `dead`: what ended it. */
  reason: DeathReason | null;
  /** With `retry`: how long to wait. */
  retryAfterMs: number;
  /** True when the company's people were told of the handoff of this turn. */
  handoffTold: boolean;
  /** Null keeps what the draft recorded. */
  record: TurnRecord | null;
  /** Without a record: the code of what ended this try, so that a dead letter can say why it died. */
  failure?: string;
}

/**
 * Why a turn is given up: its reply could not be made; Meta refused it; nobody confirmed what was sent as often as it may be; it came
 * too late for Meta's 24 hours.
 */
export type DeathReason = "failed" | "refused" | "unconfirmed" | "window_closed";

export interface Finished {
  /** False when a successor had taken the lease: nothing was written. */
  held: boolean;
  /** True when something waits to be answered or sent: run again. */
  news: boolean;
  /** A person was called because what was said could not be delivered; null when not. */
  handoff: { reason: string } | null;
}

/** The turn's side of the store: each call is one statement, one round trip. */
export interface TurnStore {
  /** Null when somebody else holds the lease, or there is nothing to do. */
  claim(conversationId: string, leaseMs: number): Promise<Claim | null>;
  draft(input: DraftInput): Promise<DraftOutcome>;
  finish(input: FinishInput): Promise<Finished>;
  /**
   * Counts one more send of those messages that no status report has settled yet; only they may be sent again. None when `maySend` is
   * false: then they are to be withheld.
   */
  beginResend(
    claim: ClaimRef,
    messageIds: readonly string[],
    leaseMs: number,
  ): Promise<{ held: boolean; maySend: boolean; unsettled: string[]; waitMs: number }>;
  /**
   * The last look before a part is sent. `maySend`: the claim still holds, and nobody has taken the conversation over since, nor has
   * its reader opted out; `reached`: a status report said that the part before it reached the phone.
   */
  lookBeforeSend(claim: ClaimRef, previousId: string | null): Promise<{ maySend: boolean; reached: boolean }>;
  /** True for the first who asks on a day (UTC) about this person, or, for names that begin with `number:`, about this number. */
  firstToday(claim: Pick<Claim, "user" | "tenant">, notice: string): Promise<boolean>;
}
