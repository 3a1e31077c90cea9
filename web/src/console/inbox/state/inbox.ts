import type { ConversationRow, Counts } from "../../../../../contracts/console/inbox.ts";
import type { InboxApi } from "./api.ts";
import { type Filter, mergeRows, rankOf } from "./rows.ts";
import { createStore, keyOf, type Store, withFreshRows, withView } from "./store.ts";
import { changeView, reread, type ViewChange, withOlder } from "./view.ts";

/** The inbox of one company: what is known, and how it becomes more. */
export interface Inbox extends Pick<Store, "get" | "subscribe">, Pick<InboxApi, "search"> {
  /** Loads the first page of a list, or the next one. Does nothing while one is on its way or at the end. */
  loadList(filter: Filter): Promise<void>;
  /** Reads a conversation: shows what is in memory at once, and reads it again. */
  open(id: string): Promise<void>;
  /** Reads a conversation that will probably be opened, unless it is in memory. */
  prefetch(id: string): void;
  loadOlder(id: string): Promise<void>;
  /** Reads who waits longest; none when that fails. */
  readWaiting(): Promise<readonly ConversationRow[]>;
  markRead(id: string): Promise<void>;
  rows(fresh: readonly ConversationRow[]): void;
  counts(counts: Counts): void;
  change(id: string, change: ViewChange): void;
  /** Too much was missed: everything shown is read again. */
  reset(shown: Filter, openId: string | null): void;
}

const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "other";

/** An inbox without anything loaded. */
export function createInbox(api: InboxApi): Inbox {
  const store = createStore();
  const lists = listLoader(store, api);
  const views = viewLoader(store, api);
  const inbox: Inbox = {
    get: store.get,
    subscribe: store.subscribe,
    search: api.search,
    ...views,
    loadList: lists,
    async readWaiting() {
      const page = await api.page({ list: "waiting", tag: null }, null).catch(() => null);
      if (page) takeRows(store, page.rows);
      return page?.rows ?? [];
    },
    async markRead(id) {
      // Unread messages stay unread when this fails; the next look tries again.
      const acted = await api.read(id).catch(() => null);
      if (acted) takeRows(store, [acted.row]);
    },
    rows: (fresh) => takeRows(store, fresh),
    counts: (counts) => store.set({ counts }),
    reset(shown, openId) {
      store.set({ lists: new Map() });
      void lists(shown);
      if (openId !== null) void views.open(openId);
    },
  };
  return inbox;
}

/** Merges rows into the lists and into the views. */
function takeRows(store: Store, fresh: readonly ConversationRow[]): void {
  const { rows: known, views } = store.get();
  const rows = mergeRows(known, fresh);
  if (rows !== known) store.set({ rows, views: withFreshRows(views, rows) });
}

function listLoader(store: Store, api: InboxApi): Inbox["loadList"] {
  return async (filter) => {
    const key = keyOf(filter);
    const known = store.get().lists.get(key);
    if (known?.state === "loading" || (known?.state === "ready" && known.next === null)) return;
    const note = (list: NonNullable<typeof known>) =>
      store.set({ lists: new Map([...store.get().lists, [key, list]]) });
    const before = known ?? { next: null, lastRank: null };
    note({ ...before, state: "loading" });
    try {
      const { rows, next } = await api.page(filter, before.next);
      takeRows(store, rows);
      const last = rows.at(-1);
      note({ state: "ready", next, lastRank: next && last ? rankOf(last, filter) : null });
    } catch {
      note({ ...before, state: "failed" });
    }
  };
}

type Views = Pick<Inbox, "open" | "prefetch" | "loadOlder" | "change">;

function viewLoader(store: Store, api: InboxApi): Views {
  const reading = new Map<string, Promise<void>>();
  const note = (id: string, change: Parameters<typeof withView>[2]) =>
    store.set({ views: withView(store.get().views, id, change) });
  const read = async (id: string) => {
    try {
      const view = await api.view(id);
      takeRows(store, [view.row]);
      const newest = store.get().rows.get(id) ?? view.row;
      const old = store.get().views.get(id)?.view ?? undefined;
      note(id, { view: { ...reread(old, view), row: newest }, problem: null });
    } catch (error) {
      note(id, { problem: codeOf(error) });
    }
  };
  /** One read at a time for each conversation. */
  const readOnce = (id: string) => {
    const now = reading.get(id) ?? read(id).finally(() => reading.delete(id));
    reading.set(id, now);
    return now;
  };
  return {
    open(id) {
      note(id, { problem: null });
      return readOnce(id);
    },
    prefetch(id) {
      if (!store.get().views.get(id)?.view) void readOnce(id);
    },
    async loadOlder(id) {
      const opened = store.get().views.get(id);
      if (!opened?.view?.older || opened.loadingOlder) return;
      note(id, { loadingOlder: true });
      const older = await api.older(id, opened.view.older).catch(() => null);
      const view = store.get().views.get(id)?.view;
      note(id, { loadingOlder: false, ...(older && view ? { view: withOlder(view, older) } : {}) });
    },
    change(id, change) {
      const view = store.get().views.get(id)?.view;
      if (view) note(id, { view: changeView(view, change) });
    },
  };
}
