import type { SimEvents } from "../../../../contracts/simulator.ts";
import { loadState, Problem } from "./client.ts";
import type { Change } from "./state.ts";

/** State of the connection to the server. */
export type Link = "opening" | "live" | "lost";

interface Listener {
  change(change: Change): void;
  link(link: Link): void;
  problem(problem: Problem): void;
}

const REOPEN_MS = 2000;

/** Change of the state by event. */
const CHANGES: { [Name in keyof SimEvents]: (value: SimEvents[Name]) => Change } = {
  message: (message) => ({ type: "message", message }),
  status: (status) => ({ type: "status", status }),
  typing: (typing) => ({ type: "typing", typing }),
  turn: (turn) => ({ type: "turn", turn }),
  conversation: (conversation) => ({ type: "conversation", conversation }),
};

/**
 * Follows one conversation until the returned function is called. Each time the stream opens, the whole state is loaded
 * again and events that arrived meanwhile are applied to it, so nothing is missed after a lost connection.
 */
export function follow(phone: string, listener: Listener): () => void {
  let closed = false;
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const { load, take } = createLoader(phone, listener, () => closed);

  function retry(): void {
    source?.close();
    clearTimeout(timer);
    listener.link("lost");
    timer = setTimeout(open, REOPEN_MS);
  }

  function open(): void {
    source = new EventSource(`/_local/events?phone=${encodeURIComponent(phone)}`);
    source.onopen = () => void load().then((loaded) => loaded === "failed" && retry());
    source.onerror = () => {
      if (closed) return;
      // The browser reopens a broken stream by itself, but not a rejected one.
      if (source?.readyState === EventSource.CLOSED) retry();
      else listener.link("lost");
    };
    const listen = <Name extends keyof SimEvents>(name: Name) =>
      source?.addEventListener(name, (event) => take(CHANGES[name](JSON.parse(event.data))));
    for (const name of ["message", "status", "typing", "turn", "conversation"] as const) listen(name);
  }

  open();
  return () => {
    closed = true;
    clearTimeout(timer);
    source?.close();
  };
}

/** Loads the whole state, and holds back changes that arrive meanwhile until it is there. */
function createLoader(phone: string, listener: Listener, isClosed: () => boolean) {
  let waiting: Change[] | null = [];
  let loads = 0;
  const load = async (): Promise<"loaded" | "failed" | "outdated"> => {
    loads += 1;
    const own = loads;
    waiting = [];
    try {
      const server = await loadState(phone);
      if (isClosed() || own !== loads) return "outdated";
      listener.change({ type: "loaded", server });
      for (const change of waiting ?? []) listener.change(change);
      waiting = null;
      listener.link("live");
      return "loaded";
    } catch (error) {
      if (isClosed() || own !== loads) return "outdated";
      listener.problem(error instanceof Problem ? error : new Problem("other", ""));
      return "failed";
    }
  };
  const take = (change: Change): void => {
    if (waiting) waiting.push(change);
    else listener.change(change);
  };
  return { load, take };
}
