import type { ConversationRow, Counts } from "../../../../../contracts/console/inbox.ts";
import type { ConversationView } from "../../../../../contracts/console/thread.ts";
import type { Filter, Rows } from "./rows.ts";

/** How far a list is loaded. */
export interface LoadedList {
  state: "loading" | "ready" | "failed";
  /** Cursor of the next page; null at the end. */
  next: string | null;
  /** Rank of the last loaded row (`rankOf`); null when all rows are there. */
  lastRank: number | null;
}

/** A conversation that was opened: its view once it is there, and the code of what went wrong. */
export interface OpenedView {
  view: ConversationView | null;
  problem: string | null;
  /** Older messages are on their way. */
  loadingOlder: boolean;
}

/** Everything that the inbox knows of one company. */
export interface InboxState {
  rows: Rows;
  lists: ReadonlyMap<string, LoadedList>;
  /** Recently opened conversations, the latest last. */
  views: ReadonlyMap<string, OpenedView>;
  counts: Counts | null;
}

const EMPTY: InboxState = { rows: new Map(), lists: new Map(), views: new Map(), counts: null };

/** Views kept in memory, so that going back to one shows it at once. */
const KEPT_VIEWS = 24;

/** Name of a list with its filter. */
export const keyOf = ({ list, tag }: Filter): string => `${list} ${tag ?? ""}`;

/** State that parts of the page subscribe to. */
export interface Store {
  get(): InboxState;
  set(change: Partial<InboxState>): void;
  subscribe(listener: () => void): () => void;
}

/** An empty store. */
export function createStore(): Store {
  let state = EMPTY;
  const listeners = new Set<() => void>();
  return {
    get: () => state,
    set(change) {
      state = { ...state, ...change };
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Views with one changed and put last; the oldest beyond what is kept are forgotten. */
export function withView(
  views: InboxState["views"],
  id: string,
  change: Partial<OpenedView>,
): InboxState["views"] {
  const old = views.get(id) ?? { view: null, problem: null, loadingOlder: false };
  const others = [...views].filter(([other]) => other !== id).slice(-(KEPT_VIEWS - 1));
  return new Map([...others, [id, { ...old, ...change }]]);
}

/** Views whose rows are the newest that are known. */
export function withFreshRows(views: InboxState["views"], rows: Rows): InboxState["views"] {
  const stale = ({ view }: OpenedView): ConversationRow | null => {
    const row = view && rows.get(view.row.id);
    return row && row !== view?.row ? row : null;
  };
  if (![...views.values()].some(stale)) return views;
  return new Map(
    [...views].map(([id, opened]) => {
      const row = stale(opened);
      return [id, row && opened.view ? { ...opened, view: { ...opened.view, row } } : opened];
    }),
  );
}
