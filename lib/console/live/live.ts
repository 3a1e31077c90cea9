import type { Live, Opening, QueueSignal } from "../../types/console/live.ts";
import { openEventStream, type Sink } from "./event-stream.ts";
import { Feed } from "./feed.ts";
import type { Page } from "./page.ts";
import { type LiveDeps, Poll } from "./poll.ts";
import { readEventId } from "./position.ts";
import { Quiet, type QuietPage } from "./quiet.ts";

/** Before the platform's limit of 300 s; spread, so that not all pages come back at once. */
const LIFETIME_MS = { min: 240_000, spread: 40_000 };
const MAX_PAGES_OF_OPERATOR = 20;

/** Creates the live stream; nothing runs while no page is open. */
export function createLive(deps: LiveDeps & { signal: QueueSignal }): Live {
  const polls = new Map<string, Poll>();
  const quiet = new Quiet(deps);
  const pages = createLimit(MAX_PAGES_OF_OPERATOR);

  function joinVisible(opening: Opening, sink: Sink): () => void {
    const { tenantId } = opening;
    const feed = new Feed({ ...opening, position: readEventId(opening.lastEventId).position });
    const page: Page = { feed, sink, together: false, stalled: false, sentMs: deps.clock.steady() };
    const poll = polls.get(tenantId) ?? new Poll(tenantId, deps);
    polls.set(tenantId, poll);
    poll.join(page);
    return () => {
      poll.leave(page);
      if (poll.size === 0) polls.delete(tenantId);
    };
  }

  function joinQuiet(opening: Opening, sink: Sink): () => void {
    const { position, ...known } = readEventId(opening.lastEventId);
    const feed = new Feed({ ...opening, position });
    const page: QuietPage = { tenantId: opening.tenantId, feed, sink, ...known, sentMs: deps.clock.steady() };
    quiet.join(page);
    return () => quiet.leave(page);
  }

  return {
    typing: deps.store.typing,
    open(opening) {
      const free = pages.enter(opening.operatorId);
      if (free === null) return null;
      const join = (sink: Sink) => {
        const leave = (opening.quiet ? joinQuiet : joinVisible)(opening, sink);
        return () => {
          leave();
          free();
        };
      };
      const lifetimeMs = LIFETIME_MS.min + Math.random() * LIFETIME_MS.spread;
      return openEventStream(join, lifetimeMs, deps.clock);
    },
  };
}

/** Counts what each has open; `enter` returns how to leave, null at the limit. */
function createLimit(max: number) {
  const open = new Map<string, number>();
  return {
    enter(key: string): (() => void) | null {
      const count = open.get(key) ?? 0;
      if (count >= max) return null;
      open.set(key, count + 1);
      return () => {
        const left = (open.get(key) ?? 1) - 1;
        if (left === 0) open.delete(key);
        else open.set(key, left);
      };
    },
  };
}
