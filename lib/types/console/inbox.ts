/** Ports of the inbox: lists, search, and one conversation with all around it. */
import type {
  ConversationPage,
  ConversationRow,
  Counts,
  Found,
  ListName,
} from "../../../contracts/console/inbox.ts";
import type { ConversationView, OlderMessages, ThreadMessage } from "../../../contracts/console/thread.ts";
import type { Customer } from "../conversation.ts";

/** Company and operator: who asks, as the session says. */
export interface Viewer {
  tenantId: string;
  operatorId: string;
}

/** A row as stored: its `phone` is digits without `+`. */
export type StoredRow = ConversationRow;

export type StoredListPage = Omit<ConversationPage, "rows"> & { rows: StoredRow[] };

/** A message as stored: `content` is Meta's, or our own before it was sent. */
export type StoredThreadMessage = Omit<ThreadMessage, "content" | "failure" | "fileUrl"> & {
  content: unknown;
  /** No answer of Meta's says whether it was sent. */
  unconfirmed: boolean;
};

export type StoredPage = Omit<OlderMessages, "messages"> & { messages: StoredThreadMessage[] };

/** An open conversation as stored; the panel's phone is digits without `+`. */
export type StoredView = Omit<ConversationView, "messages"> & { messages: StoredThreadMessage[] };

/** Place in a list, behind which its next page begins. */
export interface ListPlace {
  /** Microseconds. */
  at: string;
  id: string;
}

/** A message's file as stored. */
export interface StoredFile {
  phoneNumberId: string;
  direction: "in" | "out";
  type: string;
  content: unknown;
  /** Path in the archive; null when it is not there. */
  path: string | null;
}

export interface InboxReader {
  list(
    viewer: Viewer,
    query: { list: ListName; tag: string | null; after: ListPlace | null },
  ): Promise<StoredListPage>;
  counts(viewer: Viewer): Promise<Counts>;
  /** Tags that some conversation has, in order; at most 500. */
  tags(viewer: Viewer): Promise<string[]>;
  /** Null when the company has no such conversation, as for the others. */
  open(viewer: Viewer, conversationId: string): Promise<StoredView | null>;
  /** Up to 50 messages before the one with this id. */
  older(viewer: Viewer, conversationId: string, before: string): Promise<StoredPage | null>;
  /** The message with this id, as far as a file goes. */
  file(viewer: Viewer, conversationId: string, messageId: string): Promise<StoredFile | null>;
  customer(viewer: Viewer, conversationId: string): Promise<Pick<Customer, "phone" | "waUserId"> | null>;
}

/** A page of a search as stored: `found.text` is the whole message, with what was read in its file. */
export interface StoredSearchPage {
  rows: (StoredRow & Pick<Found, "found">)[];
  next: string | null;
}

/** Place in a search: 0 for customers by name or number, 1 for words in messages. */
export interface SearchPlace extends ListPlace {
  part: string;
}

export interface InboxSearch {
  /** `phones`: digits that the number of a customer may hold. Bounded, whatever is asked. */
  search(
    viewer: Viewer,
    query: { words: string; phones: readonly string[]; after: SearchPlace | null },
  ): Promise<StoredSearchPage>;
}
