/** The seams of Chasqui: types only, each as narrow as its callers need. Adapters are named in `lib/compose/deps.ts`. */
import type { Json } from "./events.ts";
import type { FreeFormMessage, ReplyExtra, TemplateMessage } from "./outbound.ts";

/** Languages in which every text of the bot exists. */
export type Language = "es" | "en" | "pt";

/** Time, injected so that tests can hold it. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Resolves after `ms`, or at once when `signal` aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** Time by two clocks. */
export interface SteadyClock extends Clock {
  /** Milliseconds since some moment, by a clock that nobody sets. */
  steady(): number;
}

/* ── cache ─────────────────────────────────────────────────────────────────────────────────────────────── */

/** What the cache knows of a message before the database is asked; `unknown` when it did not answer in time. */
export interface Admission {
  verdict: "new" | "duplicate" | "limited" | "unknown";
  /** With `limited`: seconds until the window ends. */
  retryAfterS: number | null;
}

export interface AdmissionCache {
  /** One round trip for a whole batch, in order. Keys name a message or a user of one number. Never throws and never takes much over 100 ms. */
  admit(messages: readonly { messageKey: string; userKey: string }[]): Promise<Admission[]>;
  /** Marks messages as stored, so that a redelivery need not ask the database. Never throws. */
  markStored(messageKeys: readonly string[]): Promise<void>;
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

export interface HandoffRequest {
  /** `customer_request`, `complaint`, `not_able`, … */
  reason: string;
  /** For the agent who takes over. */
  summary: string;
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
  | {
      kind: "unreadable";
      reason: "too_large" | "gone" | "unsupported" | "timeout" | "failed" | "over_budget";
    };

export interface MediaReader {
  /** Never throws; gives up after `deadlineMs`, from now. Sound is listened to only if `mayListen` takes its seconds. */
  read(medium: Medium, deadlineMs: number, mayListen?: (seconds: number) => boolean): Promise<Reading>;
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
