import { errorCode } from "../../telemetry/error-code.ts";
import type { SteadyClock } from "../../types/clock.ts";
import type { Changes, QueueSignal } from "../../types/console/live.ts";
import { eventText, HEARTBEAT, type Sink } from "./event-stream.ts";
import type { Feed } from "./feed.ts";
import type { LiveDeps } from "./poll.ts";
import { eventId } from "./position.ts";

/** One hidden page: it gets counts, and nothing else. */
export interface QuietPage {
  tenantId: string;
  feed: Feed;
  sink: Sink;
  /** Number of the signal whose counts it has; null: none yet. */
  seen: number | null;
  /** When the next snooze ends, in epoch milliseconds; null: none that is known. */
  wakesMs: number | null;
  sentMs: number;
}

const EVERY_MS = 5_000;
const HEARTBEAT_MS = 15_000;
/** How often the database is asked in the cache's place. */
const WITHOUT_CACHE_MS = 60_000;

/**
 * All hidden pages of this process: one question to the cache every five seconds. The database is asked only for companies whose queue has
 * changed since, when a snooze ends, or once a minute while the cache does not answer.
 */
export class Quiet {
  readonly #deps: LiveDeps & { signal: QueueSignal };
  readonly #pages = new Set<QuietPage>();
  readonly #askedMs = new Map<string, number>();
  #running: AbortController | null = null;

  constructor(deps: LiveDeps & { signal: QueueSignal }) {
    this.#deps = deps;
  }

  join(page: QuietPage): void {
    this.#pages.add(page);
    if (this.#running === null) void this.#run();
  }

  leave(page: QuietPage): void {
    this.#pages.delete(page);
    if (this.#pages.size === 0) this.#running?.abort();
  }

  async #run(): Promise<void> {
    const running = new AbortController();
    this.#running = running;
    while (!running.signal.aborted) {
      await this.#deps.clock.sleep(EVERY_MS, running.signal);
      if (!running.signal.aborted) await this.#round();
    }
    this.#running = null;
    if (this.#pages.size > 0) void this.#run();
  }

  async #round(): Promise<void> {
    const tenants = [...new Set([...this.#pages].map(({ tenantId }) => tenantId))];
    const numbers = await this.#deps.signal.read(tenants);
    await Promise.all(
      tenants.map((id, index) => this.#company(id, numbers === null ? null : (numbers[index] ?? 0))),
    );
    const now = this.#deps.clock.steady();
    for (const page of this.#pages) {
      if (now - page.sentMs < HEARTBEAT_MS || !page.sink.ready()) continue;
      page.sink.send(page.seen === null ? HEARTBEAT : eventText([], idOf(page)));
      page.sentMs = now;
    }
  }

  /** `number`: of the company's signal; null while the cache does not answer. */
  async #company(tenantId: string, number: number | null): Promise<void> {
    const { clock, store, log } = this.#deps;
    const now = clock.steady();
    const own = [...this.#pages].filter((page) => page.tenantId === tenantId);
    if (number === null && now - (this.#askedMs.get(tenantId) ?? Number.NEGATIVE_INFINITY) < WITHOUT_CACHE_MS)
      return;
    const pages = own.filter((page) => number === null || page.seen !== number || wakes(page, clock.now()));
    if (pages.length === 0) return;
    this.#askedMs.set(tenantId, now);
    try {
      tellCounts(pages, await store.changes(tenantId, askFor(pages)), number, clock);
    } catch (error) {
      log.warn("console.live_failed", { code: errorCode(error) });
    }
  }
}

function tellCounts(
  pages: readonly QuietPage[],
  changes: Changes,
  number: number | null,
  clock: SteadyClock,
): void {
  const { wakesInMs } = changes;
  for (const page of pages) {
    if (changes.sessions?.includes(page.feed.sessionId) === false) {
      page.sink.end();
      continue;
    }
    page.seen = number;
    // By this process's own clock, which may differ from the database's.
    page.wakesMs = wakesInMs === null ? null : Math.ceil(clock.now()) + wakesInMs;
    page.sink.send(eventText(page.feed.counts(changes), idOf(page)));
    page.sentMs = clock.steady();
  }
}

const wakes = ({ wakesMs }: QuietPage, nowMs: number): boolean => wakesMs !== null && wakesMs <= nowMs;
const idOf = ({ feed, seen, wakesMs }: QuietPage): string => eventId(feed.position, seen, wakesMs);

const askFor = (pages: readonly QuietPage[]) => ({
  since: null,
  watched: [],
  operators: [...new Set(pages.map(({ feed }) => feed.operatorId))],
  sessions: [...new Set(pages.map(({ feed }) => feed.sessionId))],
  present: null,
  counts: true,
});
