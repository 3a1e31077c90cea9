import type { Acted } from "../../../../../contracts/console/acts.ts";
import type { ConversationPage, SearchPage } from "../../../../../contracts/console/inbox.ts";
import type { ConversationView, OlderMessages } from "../../../../../contracts/console/thread.ts";
import type { Filter } from "./rows.ts";

/** The calls of the inbox, each for one company. They throw the client's error, whose `code` says what is wrong. */
export interface InboxApi {
  page(filter: Filter, after: string | null): Promise<ConversationPage>;
  view(id: string): Promise<ConversationView>;
  older(id: string, before: string): Promise<OlderMessages>;
  search(words: string, after: string | null, signal: AbortSignal): Promise<SearchPage>;
  /** Marks a conversation as read by this operator. */
  read(id: string): Promise<Acted>;
}
