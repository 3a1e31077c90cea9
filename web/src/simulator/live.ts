import type { SimEvents } from "../api.ts";
import { loadState, Problem } from "./client.ts";
import type { Change } from "./state.ts";

/** Whether the page hears the server. */
export type Link = "opening" | "live" | "lost";

interface Listener {
  change(change: Change): void;
  link(link: Link): void;
  problem(problem: Problem): void;
}

const REOPEN_MS = 2000;

/** Wraps each event's value as the change it stands for. */
const CHANGES: { [Name in keyof SimEvents]: (value: SimEvents[Name]) => Change } = {
  message: (message) => ({ type: "message", message }),
  status: (status) => ({ type: "status", status }),
  typing: (typing) => ({ type: "typing", typing }),
  turn: (turn) => ({ type: "turn", turn }),
  conversation: (conversation) => ({ type: "conversation", conversation }),
};

/**
 * Follows one conversation until the returned function is called. Each time the stream opens, the whole state is read
 * again, and what happened meanwhile is put on top of it: so nothing is missed, however long the line was dead.
 */
export function follow(user: string, listener: Listener): () => void {
  let closed = false;
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waiting: Change[] | null = [];
  let loads = 0;

  const take = (change: Change) => (waiting ? waiting.push(change) : listener.change(change));

  async function load(): Promise<void> {
    loads += 1;
    const own = loads;
    waiting = [];
    try {
      const server = await loadState(user);
      if (closed || own !== loads) return;
      listener.change({ type: "loaded", server });
      for (const change of waiting ?? []) listener.change(change);
      waiting = null;
      listener.link("live");
    } catch (error) {
      if (closed || own !== loads) return;
      listener.problem(error instanceof Problem ? error : new Problem("other", ""));
      retry();
    }
  }

  function retry(): void {
    source?.close();
    clearTimeout(timer);
    listener.link("lost");
    timer = setTimeout(open, REOPEN_MS);
  }

  function open(): void {
    source = new EventSource(`/_local/events?user=${encodeURIComponent(user)}`);
    source.onopen = () => void load();
    source.onerror = () => {
      if (closed) return;
      // The browser reopens a broken stream by itself, but not one that was refused.
      if (source?.readyState === EventSource.CLOSED) retry();
      else listener.link("lost");
    };
    const hear = <Name extends keyof SimEvents>(name: Name) =>
      source?.addEventListener(name, (event) => take(CHANGES[name](JSON.parse(event.data))));
    for (const name of ["message", "status", "typing", "turn", "conversation"] as const) hear(name);
  }

  open();
  return () => {
    closed = true;
    clearTimeout(timer);
    source?.close();
  };
}
