/** The console's API: one conversation, and the live stream. Paths are below `/api/console`. */
import type { Language } from "../../lib/types/company.ts";
import type { ChatMessage } from "../chat.ts";
import type { ToolCallView } from "../turn.ts";
import type { ConversationRow, Counts } from "./inbox.ts";

/** Why a message did not arrive, and what to do: pages say both in words (`texts/`), by Meta's code or our own name. */
export type FailureKind =
  | "window_closed"
  | "unreachable"
  | "template_missing"
  | "template_paused"
  | "refused_form"
  | "blocked_account"
  | "too_fast"
  | "unconfirmed"
  | "file"
  | "unknown";

/** A message in the thread of the console. */
export interface ThreadMessage extends ChatMessage {
  /** Who of the console wrote it; null for the bot, the customer, and operators in the phone app. */
  operator: { id: string; name: string } | null;
  /** True for an operator who wrote in the WhatsApp Business app. */
  fromPhoneApp: boolean;
  failure: FailureKind | null;
  /** Type of a file that browsers may show from the console's own address; else it is only offered for download. */
  fileUrl: string | null;
}

/** One turn under the bot's bubbles: what it understood, called and cost. */
export interface ThreadTurn {
  id: string;
  at: number;
  state: string;
  intent: string | null;
  confidence: number | null;
  rung: string | null;
  waitMs: number | null;
  /** Null: a model without a known price. */
  costUsd: number | null;
  toolCalls: ToolCallView[];
  errors: string[];
}

export interface NoteView {
  id: string;
  at: number;
  operator: { id: string; name: string } | null;
  text: string;
}

export interface HandoffView {
  id: string;
  reason: string;
  summary: string;
  openedAt: number;
  takenAt: number | null;
  takenBy: { id: string; name: string } | null;
  handedBackAt: number | null;
}

export interface CsatView {
  score: number | null;
  comment: string | null;
  askedAt: number;
  answeredAt: number | null;
  notAsked: string | null;
}

/** Everything beside the thread. */
export interface CustomerPanel {
  /** Id of our record. */
  id: string;
  name: string | null;
  phone: string | null;
  waUserId: string | null;
  language: Language | null;
  firstSeenAt: number;
  optedOutAt: number | null;
  noMarketingAt: number | null;
  unreachableAt: number | null;
  handoffs: HandoffView[];
  csat: CsatView[];
}

/** `GET /t/:tenant/conversations/:id`: the newest messages and all around them. Opening it is a look that the audit log keeps. */
export interface ConversationView {
  row: ConversationRow;
  /** The open handoff, pinned above the thread. */
  handoff: HandoffView | null;
  botNote: string | null;
  customer: CustomerPanel;
  messages: ThreadMessage[];
  turns: ThreadTurn[];
  notes: NoteView[];
  /** The bot's reply that was withheld because a person took over; offered as a suggestion. */
  withheld: { text: string; at: number } | null;
  presence: Presence[];
  /** Cursor of older messages; null when there are none. */
  older: string | null;
  /** Where the live stream continues from this view. */
  eventId: string;
}

/** What is around a conversation besides its messages and its row. */
export type ConversationState = Pick<ConversationView, "handoff" | "botNote" | "withheld" | "customer">;

/** `GET /t/:tenant/conversations/:id/messages?before=` */
export interface OlderMessages {
  messages: ThreadMessage[];
  turns: ThreadTurn[];
  notes: NoteView[];
  older: string | null;
}

/** Somebody of the team at a conversation. */
export interface Presence {
  operator: { id: string; name: string };
  typing: boolean;
}

/** `GET /t/:tenant/conversations/:id/orders`: through the connector. */
export type OrdersView =
  | { state: "not_connected" | "failed" }
  | { state: "ok"; orders: { number: string; lines: string[] }[] };

/**
 * `GET /t/:tenant/events?conversation=&quiet=`: server-sent events by name, each with one JSON value; `Last-Event-ID` resumes (as `last-event-id=` too,
 * with a view's `eventId`). Events come at least once: merge by id.
 * `quiet=1` is for a hidden tab: only `counts`, and the database is asked only when other customers wait than before.
 */
export interface ConsoleEvents {
  /** New or changed rows. */
  rows: ConversationRow[];
  counts: Counts;
  /** Of the open conversation. */
  messages: ThreadMessage[];
  turns: ThreadTurn[];
  notes: NoteView[];
  presence: Presence[];
  /** What is around the open conversation changed, and is not in `rows`. */
  conversation: ConversationState;
  /** Too much time has passed: read everything again. */
  reset: Record<string, never>;
  /** The server cannot read changes now: what is shown may be old until the next event or id. */
  stalled: Record<string, never>;
}
