import { createContext, use, useSyncExternalStore } from "react";
import type { ConversationRow } from "../../../../../contracts/console/inbox.ts";
import type { Inbox } from "./inbox.ts";
import { type Filter, rowsOfList } from "./rows.ts";
import { type InboxState, keyOf, type LoadedList, type OpenedView } from "./store.ts";

/** The inbox with what its parts need to know of the page. */
export interface InboxPage {
  inbox: Inbox;
  /** The operator who is signed in. */
  operatorId: string;
  /** Minutes in which a waiting customer should get a person. */
  waitTargetMin: number;
  filter: Filter;
  openId: string | null;
  /** Address of a conversation within the list that is shown. */
  hrefOf(conversationId: string): string;
  /** Address of a list; the tag stays. */
  listHref(list: Filter["list"], tag?: string | null): string;
  go(href: string): void;
}

const InboxContext = createContext<InboxPage | null>(null);

/** Provides the inbox to its parts. */
export const InboxProvider = InboxContext;

/** The inbox; throws outside of its page. */
export function useInbox(): InboxPage {
  const page = use(InboxContext);
  if (!page) throw new Error("useInbox needs the inbox above it");
  return page;
}

/** The whole state, as it is now. */
export function useInboxState(): InboxState {
  const { inbox } = useInbox();
  return useSyncExternalStore(inbox.subscribe, inbox.get);
}

const UNLOADED: LoadedList = { state: "loading", next: null, lastRank: null };
const UNOPENED: OpenedView = { view: null, problem: null, loadingOlder: false };

/** The rows of the shown list, and how far it is loaded. */
export function useRows(now: number): { rows: ConversationRow[]; loaded: LoadedList } {
  const { filter, operatorId } = useInbox();
  const { rows, lists } = useInboxState();
  const loaded = lists.get(keyOf(filter)) ?? UNLOADED;
  return { rows: rowsOfList(rows, filter, loaded.lastRank, { operatorId, now }), loaded };
}

/** Tags of all conversations that are known, in order. */
export const tagsOf = ({ rows }: InboxState): string[] =>
  [...new Set([...rows.values()].flatMap(({ tags }) => tags))].sort();

/** A conversation that was opened. */
export function useOpened(id: string): OpenedView {
  return useInboxState().views.get(id) ?? UNOPENED;
}
