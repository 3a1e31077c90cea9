/** The seam of the store: what is asked of it and what it answers, types only (`db/store.ts`). */
import type {
  Call,
  Echo,
  Handover,
  IdentityChange,
  InboundMessage,
  Json,
  PlatformEvent,
  Preference,
  StatusUpdate,
} from "./events.ts";
import type { OutboundMessage } from "./outbound.ts";
import type {
  Admission,
  HandoffRequest,
  Language,
  OpenWindow,
  StoredMessage,
  Tenant,
  VerifiedUser,
} from "./ports.ts";

export interface ReceiveBatch {
  /** Business numbers that are ours: messages to any other are counted, not stored. */
  phoneNumberIds: readonly string[];
  /** Messages a second that Meta lets a number send and receive, where it is set; the others learn it when they are refused. */
  throughputs: Readonly<Record<string, number>>;
  messages: readonly (InboundMessage & {
    admission: Exclude<Admission["verdict"], "duplicate">;
    retryAfterS: number | null;
    startsTurn: boolean;
    /** The whole message asks for no more messages, or takes that back. */
    opt: "stop" | "start" | null;
  })[];
  statuses: readonly (StatusUpdate & { effect: FailureEffect | null })[];
  echoes: readonly Echo[];
  identityChanges: readonly IdentityChange[];
  preferences: readonly Preference[];
  calls: readonly Call[];
  handovers: readonly Handover[];
  platform: readonly PlatformEvent[];
  /** How long the bot stays silent after a person of the company wrote from the WhatsApp Business app. */
  humanPauseS: number;
  /** Used when the cache could not say: messages a user may send per window. */
  rateLimit: { max: number; windowS: number };
  /** Begin the turn in the same statement, if all is from one sender for whom nothing waited before; null: never. */
  claim: { turnId: string; leaseMs: number } | null;
}

/** Somebody to tell, once per window, when they may go on. */
export interface LimitNotice {
  conversationId: string;
  phoneNumberId: string;
  user: VerifiedUser;
  window: OpenWindow;
  companyLanguage: Language;
  /** The text that went over the limit, for guessing its language. */
  text: string | null;
  retryAfterS: number;
}

export interface Received {
  /** Conversations with news. */
  conversationIds: string[];
  /** The turn that was begun, of the only conversation with news; null: each begins with `claim`. */
  claim: Claim | null;
  /** A few that were left open earlier and that nobody holds. */
  leftOpen: string[];
  stored: number;
  duplicates: number;
  limited: number;
  /** Messages to numbers that are not ours. */
  notOurs: number;
  /** Statuses that moved a stored message forward. */
  statusesApplied: number;
  notices: LimitNotice[];
  /** Conversations that a failed delivery has passed to a person. */
  handoffs: { conversationId: string; companyName: string; reason: string; language: Language }[];
  /** What Meta reported for the first time and somebody should know. */
  alerts: Pick<PlatformEvent, "field" | "event" | "severity">[];
}

/**
 * What a failed delivery changes (`lib/whatsapp/errors.ts`): `reengage` with the company's template or a person;
 * `unreachable`: this person cannot be written to; `no_marketing`: they want no marketing; `slow_down`: the number sends too fast.
 */
export type FailureEffect = "reengage" | "unreachable" | "no_marketing" | "slow_down";

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
  user: VerifiedUser;
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

/** What names a held turn to the store. */
export type Held = Pick<Claim, "conversationId" | "epoch" | "turnId" | "throughSeq">;

export interface DraftInput {
  claim: Held;
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
  claim: Held;
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
    claim: Held,
    messageIds: readonly string[],
    leaseMs: number,
  ): Promise<{ held: boolean; maySend: boolean; unsettled: string[]; waitMs: number }>;
  /**
   * The last look before a part is sent. `maySend`: the claim still holds, and nobody has taken the conversation over since, nor has
   * its reader opted out; `reached`: a status report said that the part before it reached the phone.
   */
  lookBeforeSend(claim: Held, previousId: string | null): Promise<{ maySend: boolean; reached: boolean }>;
  /** True for the first who asks on a day (UTC) about this person, or, for names that begin with `number:`, about this number. */
  firstToday(claim: Pick<Claim, "user" | "tenant">, notice: string): Promise<boolean>;
}

/** What resume looks at. */
export interface OpenConversations {
  /** Conversations that wait for an answer and that nobody holds, longest waiting first. */
  open(limit: number): Promise<string[]>;
}

/** The webhook's side of the store. */
export interface InboxStore {
  /** Stores a whole webhook body in one statement. Throws when it could not: Meta must redeliver. */
  receive(batch: ReceiveBatch): Promise<Received>;
  /** Takes back the turn that a `receive` without an answer may have begun; nothing when it did not. */
  release(turnId: string): Promise<void>;
  recordNotice(notice: { conversationId: string; text: string; waMessageId: string }): Promise<void>;
}

/** Rows that one call of the purge has deleted, by table. */
export interface Purged {
  messages: number;
  /** With their tool calls. */
  turns: number;
  handoffs: number;
  /** With their conversations. */
  people: number;
  earlyStatuses: number;
  platformEvents: number;
  /** Hashes of the ids of messages that were purged two years ago. */
  purgedMessages: number;
  counters: number;
}

/** Keeps the tables bounded. */
export interface Retention {
  /** Deletes at most `limit` rows of each table that are older than `days`; waits for nobody, so many may call at once. */
  purge(days: number, limit: number): Promise<Purged>;
}
