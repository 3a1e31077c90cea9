/** The console's API: lists, counts and search. Paths are below `/api/console`. */
import type { Language } from "../../lib/types/company.ts";
import type { ChatMessage } from "../chat.ts";

/** Lists of the inbox. */
export type ListName = "waiting" | "mine" | "bot" | "snoozed" | "flagged" | "closed" | "all";

/** Who answers a conversation: the bot, a person, another app. */
export type Owner = "bot" | "human" | "other_app";

/** One row of a list. */
export interface ConversationRow {
  id: string;
  name: string | null;
  /** As people write it, e.g. `+51 987 654 321`; null for customers known by user id only. */
  phone: string | null;
  language: Language | null;
  owner: Owner;
  assignee: { id: string; name: string } | null;
  /** Words of the newest message, cut; its author and time. */
  preview: string;
  previewBy: ChatMessage["author"] | null;
  /** Meta's message type of the newest message. */
  previewType: string | null;
  lastAt: number;
  /** The customer's messages since this operator last looked. */
  unread: number;
  /** An open handoff that nobody has taken: since when the customer waits. */
  waitingSince: number | null;
  reason: string | null;
  tags: string[];
  snoozedUntil: number | null;
  closedAt: number | null;
  flaggedAt: number | null;
  windowEndsAt: number | null;
  optedOut: boolean;
  demo: boolean;
  /** Last change by the database's clock: the newer of two copies of a row wins. */
  changedAt: number;
}

/** A page of rows; `next` is the cursor of the page behind it, null at the end. `GET /t/:tenant/conversations?list=&tag=&after=` */
export interface ConversationPage {
  rows: ConversationRow[];
  next: string | null;
}

/** `POST /t/:tenant/search`: words go into the body, since addresses are logged on the way. */
export interface Search {
  words: string;
  after?: string | null;
}
/** A conversation that was found, with the words that were found in it; null when it was found by its customer. */
export interface Found extends ConversationRow {
  found: { messageId: string; text: string; at: number } | null;
}
export interface SearchPage {
  rows: Found[];
  next: string | null;
}

/** Tags that some conversation has, in order; at most 500. `GET /t/:tenant/tags` */
export type KnownTags = string[];

/** Numbers beside the lists. */
export interface Counts {
  waiting: number;
  mine: number;
  snoozed: number;
  flagged: number;
  /** When the longest waiting customer began to wait. */
  longestSince: number | null;
}
