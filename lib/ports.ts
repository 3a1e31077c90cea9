/** The seams of Chasqui: types only, each as narrow as its callers need. Adapters are named in `lib/deps.ts`. */
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
import type { FreeFormMessage, OutboundMessage, ReplyExtra, TemplateMessage } from "./outbound.ts";

/** Languages in which every text of the bot exists. */
export type Language = "es" | "en" | "pt";

/** Time, injected so that tests can hold it. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Resolves after `ms`, or at once when `signal` aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/* ── cache ─────────────────────────────────────────────────────────────────────────────────────────────── */

/** What the cache knows of a message before the database is asked; `unknown` when it did not answer in time. */
export interface Admission {
  verdict: "new" | "duplicate" | "limited" | "unknown";
  /** With `limited`: seconds until the window ends. */
  retryAfterS: number | null;
}

export interface AdmissionCache {
  /** One round trip for a whole batch, in order. Never throws and never takes much over 100 ms. */
  admit(messages: readonly { waMessageId: string; userKey: string }[]): Promise<Admission[]>;
  /** Marks messages as stored, so that a redelivery need not ask the database. Never throws. */
  markStored(waMessageIds: readonly string[]): Promise<void>;
  /** Throws when the cache does not answer. */
  ping(): Promise<void>;
}

/* ── who is talking to whom ────────────────────────────────────────────────────────────────────────────── */

/** The company's own facts, kept as data (`tenants.profile`). Every text is written by the company. */
export interface CompanyProfile {
  name: string;
  /** What the company does, in a sentence or two. */
  about: string;
  /** How the bot should sound, e.g. "friendly, short, informal (tú)". */
  tone: string;
  /** Opening hours as a person would say them. */
  hours: string;
  /** IANA time zone, e.g. `America/Lima`. */
  timeZone: string;
  /** The language used when the customer's is not known. */
  language: Language;
  /** Ways to reach a person other than this chat (phone, e-mail, page), as text; may be empty. */
  contact: string;
  /** What is said when the 24-hour window has closed before an answer went out: an approved template, by language. */
  reengagement?: { name: string; languageCodes: Partial<Record<Language, string>> };
  /** Days that files which customers sent are kept, up to 365; none when it is 0 or absent. */
  mediaDays?: number;
}

export interface Tenant {
  id: string;
  phoneNumberId: string;
  profile: CompanyProfile;
}

/** The person as verified by Meta's signature: the only source of "whose data". */
export interface VerifiedUser {
  id: string;
  /** Digits without `+`; null for a person known by user id alone. */
  phone: string | null;
  /** Business-scoped user id. */
  waUserId: string | null;
  name: string | null;
  /** The language of the person's last classified message. */
  language: Language | null;
  /** True once the person has asked for no more messages. */
  optedOut: boolean;
}

declare const given: unique symbol;

/** Proof, given only by the store, that Meta takes free-form messages to this person until `endsAtMs`. */
export interface OpenWindow {
  endsAtMs: number;
  readonly [given]: true;
}

/** One message of a conversation, either side. */
export interface StoredMessage {
  id: string;
  direction: "in" | "out";
  waMessageId: string | null;
  type: string;
  text: string | null;
  content: Json;
  /** What Meta said around an inbound message (`InboundMessage.about`). */
  about: Json;
  /** What was heard or read in its medium; null when nothing was. */
  reading: string | null;
  /** The words of the message that it answers or reacts to, shortened; null when there is none or we do not have it. */
  quoted: string | null;
  /** Set when this very message ended or restored what the person is sent. */
  opt: "stop" | "start" | null;
  /** Meta's time for inbound, ours for outbound; epoch milliseconds. */
  timestampMs: number;
}

/* ── store ─────────────────────────────────────────────────────────────────────────────────────────────── */

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
}

export interface ToolCallRecord {
  name: string;
  idempotencyKey: string;
  input: Json;
  output: Json;
  ms: number;
  failed: boolean;
}

export interface HandoffRequest {
  /** `customer_request`, `complaint`, `not_able`, … */
  reason: string;
  /** For the agent who takes over. */
  summary: string;
}

/** What names a held turn to the store. */
export type Held = Pick<Claim, "conversationId" | "epoch" | "turnId" | "throughSeq">;

export interface DraftInput {
  claim: Held;
  /** `text` is what stands in the history and on pages. */
  parts: readonly { id: string; message: OutboundMessage; text: string; quoteWaMessageId: string | null }[];
  /** What was heard or read in the messages that this draft answers, by message id. */
  readings: readonly { messageId: string; text: string }[];
  language: Language;
  handoff: HandoffRequest | null;
  toolCalls: readonly ToolCallRecord[];
  /** True when this draft must stand even if newer messages came (the last round of a burst). */
  evenIfOvertaken: boolean;
  leaseMs: number;
  record: TurnRecord;
}

/**
 * What became of a draft: `send` it; `overtaken` by newer messages (the lease is free: run again); `taken_over` by
 * a person (kept as a suggestion, the lease is free); `window_closed`: only a template may be sent now (nothing was
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
  decidedBy: "model" | "default" | null;
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
  /** `unsent`: certainly not sent, to be sent later. */
  outcome: "accepted" | "ambiguous" | "rejected" | "unsent";
  waMessageId: string | null;
  errorCode: number | null;
}

export interface FinishInput {
  claim: Held;
  parts: readonly SentPart[];
  /** What refusals change. */
  effects: readonly FailureEffect[];
  /** How the turn ended: everything said; to be tried again; or given up. */
  result: "answered" | "retry" | "dead";
  /** With `retry`: how long to wait. */
  retryAfterMs: number;
  /** True when the company's people were told of the handoff of this turn. */
  handoffTold: boolean;
  /** Null keeps what the draft recorded. */
  record: TurnRecord | null;
  /** Without a record: the code of what ended this try, so that a dead letter can say why it died. */
  failure?: string;
}

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
  /** Counts one more send of those messages that no status report has settled yet; only they may be sent again. */
  beginResend(
    claim: Held,
    messageIds: readonly string[],
    leaseMs: number,
  ): Promise<{ held: boolean; unsettled: string[]; waitMs: number }>;
  /** Whether a status report said that it reached the person's phone. */
  delivered(messageId: string): Promise<boolean>;
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
  recordNotice(notice: { conversationId: string; text: string; waMessageId: string }): Promise<void>;
}

/** Rows that one call of the purge has deleted, by table. */
export interface Purged {
  messages: number;
  /** With their tool calls. */
  turns: number;
  handoffs: number;
  earlyStatuses: number;
  counters: number;
  platformEvents: number;
}

/** Keeps the tables bounded. */
export interface Retention {
  /** Deletes at most `limit` rows of each table that are older than `days`; waits for nobody, so many may call at once. */
  purge(days: number, limit: number): Promise<Purged>;
}

/* ── company knowledge and records, as the tools see them ──────────────────────────────────────────────── */

export interface KnowledgeHit {
  title: string;
  text: string;
  language: Language;
}

export interface KnowledgeBase {
  /** Best passages of the tenant's own knowledge base, best first; empty when nothing fits. */
  search(tenantId: string, query: string, language: Language, limit: number): Promise<KnowledgeHit[]>;
}

export interface OrderRecord {
  number: string;
  status: string;
  placedOn: string;
  items: { name: string; quantity: number }[];
  total: string;
  carrier?: string | undefined;
  trackingUrl?: string | undefined;
  expectedOn?: string | undefined;
}

/** The company's own system, asked on behalf of one verified person. */
export interface BusinessRecords {
  /** That person's orders, newest first; with `number`, that one if it is theirs. Throws when the system fails. */
  orders(
    user: Pick<VerifiedUser, "phone" | "waUserId">,
    number: string | null,
    signal: AbortSignal,
  ): Promise<OrderRecord[]>;
}

/** What a tool may know and do: bound by the turn, never chosen by the model. */
export interface ToolContext {
  tenant: Tenant;
  user: VerifiedUser;
  conversationId: string;
  turnId: string;
  /**
   * The same however often this turn goes round (a burst, a second rung, a successor): a tool that acts on another
   * system sends it along, with its own name and what it acts on, so that the act happens once.
   */
  idempotencyKey: string;
  language: Language;
  knowledge: KnowledgeBase;
  /** Null when the company has connected no system. */
  records: BusinessRecords | null;
  /** Opens a handoff together with this turn's reply, in one statement: both happen or neither. */
  requestHandoff(request: HandoffRequest): void;
  /** Puts this under the words of the reply; the last offer counts. */
  offer(extra: ReplyExtra): void;
  /** Keeps the code of a failure that the model is only told of in general, for those who operate the bot. */
  reportFailure(error: unknown): void;
}

/* ── the channel ───────────────────────────────────────────────────────────────────────────────────────── */

/** One message on its way to a person. Without proof of an open window it can only be a template. */
export type Outbound = {
  phoneNumberId: string;
  to: Pick<VerifiedUser, "phone" | "waUserId">;
  quoteWaMessageId: string | null;
  /** Comes back in status reports: the id of our stored message. */
  opaqueId: string;
} & ({ message: TemplateMessage } | { message: FreeFormMessage; window: OpenWindow });

/**
 * `accepted`: Meta took it. `rejected`: certainly not sent; `code` says why, `decision` what to do.
 * `ambiguous`: no answer, so it may or may not have been sent; only a status report can tell.
 */
export type SendResult =
  /** `throttled`: Meta refused it for the number's rate at first. */
  | { outcome: "accepted"; waMessageId: string; attempts: number; throttled?: boolean }
  | {
      outcome: "rejected";
      decision: SendDecision;
      code: number | null;
      retryAfterMs: number | null;
      attempts: number;
    }
  | { outcome: "ambiguous"; code: number | null; attempts: number };

/** What a Graph API error code asks of us (`lib/whatsapp/errors.ts`). */
export type SendDecision =
  | "retry_safe"
  | "ambiguous"
  | "never"
  | "needs_template"
  | "recipient_lost"
  | "stop_and_alert";

/** A file of the business's own, to be sent by its id. */
export interface UploadFile {
  phoneNumberId: string;
  bytes: Uint8Array<ArrayBuffer>;
  mimeType: string;
  filename: string;
}

/** `reason` says what to change, and holds nothing of the file. */
export type UploadResult =
  | { outcome: "uploaded"; mediaId: string }
  | { outcome: "refused"; code: number | null; reason: string };

export interface Channel {
  /** Never throws; resends by itself only where that cannot double a message, within `deadlineMs`. */
  send(outbound: Outbound, deadlineMs: number): Promise<SendResult>;
  /** Gives a file to Meta; its id may be sent from this number for 30 days. Never throws. */
  upload(file: UploadFile, timeoutMs: number): Promise<UploadResult>;
  /** Blue ticks and "typing…" (25 s). Never throws: it is a courtesy. */
  readAndType(phoneNumberId: string, waMessageId: string): Promise<void>;
}

/** Tells the company's people that somebody waits for them. */
export interface Notifier {
  /** Never throws; true when somebody was told. */
  handoff(notice: {
    conversationId: string;
    companyName: string;
    reason: string;
    language: Language;
  }): Promise<boolean>;
  /** Never throws: something about the account, a number or a template that somebody should look at. */
  alert(notice: { title: string; detail: string }): Promise<boolean>;
}

/* ── media ─────────────────────────────────────────────────────────────────────────────────────────────── */

/** A file that a person sent, as Meta names it. Everything but the number and the id is only what was announced. */
export interface Medium {
  phoneNumberId: string;
  mediaId: string;
  /** The message's type: `image`, `audio`, `document`, … */
  type: string;
  mimeType: string | null;
  filename: string | null;
}

/** What a medium holds, for the model: words heard or read, or a picture to look at. */
export type Reading =
  /** `text` is bounded and may be empty; `seconds` of sound that was listened to, null when none or not known. */
  | { kind: "text"; text: string; seconds: number | null }
  | { kind: "image"; bytes: Uint8Array; mimeType: string }
  | { kind: "unreadable"; reason: "too_large" | "gone" | "unsupported" | "timeout" | "failed" };

export interface MediaReader {
  /** Never throws; gives up after `deadlineMs`, from now. */
  read(medium: Medium, deadlineMs: number): Promise<Reading>;
}

/** What is known of the files that are kept; the bytes are elsewhere. */
export interface MediaFiles {
  /** Where to put a file: `path`, or where it was to be put before. Null when the company keeps none, or has it. */
  record(
    medium: Pick<Medium, "phoneNumberId" | "mediaId">,
    mimeType: string,
    path: string,
  ): Promise<string | null>;
  /** The file is there. */
  confirm(path: string, bytes: number): Promise<void>;
  /** Brings what companies have shortened forward. */
  shorten(): Promise<void>;
  /** Paths of at most `limit` files that are to be deleted. */
  due(limit: number): Promise<string[]>;
  /** How many of these were still known; to be called once the files are gone. */
  forget(paths: readonly string[]): Promise<number>;
}

/** Where files are kept: private, found by path alone. */
export interface FileStore {
  /** Replaces what is there. Throws when it is not certain that the file is there. */
  put(
    path: string,
    file: { bytes: Uint8Array<ArrayBuffer>; mimeType: string },
    signal: AbortSignal,
  ): Promise<void>;
  /** What is not there counts as removed. Throws when it is not certain that all are gone. */
  remove(paths: readonly string[], signal: AbortSignal): Promise<void>;
}
