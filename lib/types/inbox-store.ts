/** The webhook's side of the store. */
import type { Admission } from "./cache.ts";
import type { Language } from "./company.ts";
import type { Customer, OpenWindow } from "./conversation.ts";
import type {
  Call,
  Echo,
  Handover,
  IdentityChange,
  InboundMessage,
  PlatformEvent,
  Preference,
  StatusUpdate,
} from "./inbound.ts";
import type { Claim } from "./turn-store.ts";

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
  user: Customer;
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
