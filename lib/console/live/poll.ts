import { errorCode } from "../../telemetry/error-code.ts";
import type { Log } from "../../telemetry/log.ts";
import type { SteadyClock } from "../../types/clock.ts";
import type { Asked, LiveStore } from "../../types/console/live.ts";
import { beat, type Page, stall, tell } from "./page.ts";
import { earliest } from "./position.ts";
import { shownChanges } from "./shown.ts";

export interface LiveDeps {
  store: LiveStore;
  clock: SteadyClock;
  log: Log;
}

/** From the end of one round to the next: everything is on every page within two seconds. */
const EVERY_MS = 1_200;
/** While nothing can be read. */
const LONGEST_PAUSE_MS = 10_000;
/** Without changes for this long, pages are told that what they show may be old. */
const STALLED_MS = 3_000;
const PRESENCE_EVERY_MS = 15_000;
const SESSIONS_EVERY_MS = 20_000;

/** All pages of one company that this process has open: one statement a round, however many there are. */
export class Poll {
  readonly #tenantId: string;
  readonly #deps: LiveDeps;
  readonly #pages = new Set<Page>();
  #running: AbortController | null = null;
  #catching: Promise<void> | null = null;
  #failures = 0;
  #readMs: number;
  #presenceDueMs = 0;
  #sessionsDueMs = 0;

  constructor(tenantId: string, deps: LiveDeps) {
    this.#tenantId = tenantId;
    this.#deps = deps;
    this.#readMs = deps.clock.steady();
  }

  get size(): number {
    return this.#pages.size;
  }

  /** Adds a page and reads for it at once. */
  join(page: Page): void {
    this.#pages.add(page);
    if (this.#running === null) void this.#run();
    // Behind a read that goes on, since that one does not know the page.
    void (this.#catching ?? Promise.resolve()).then(() => this.#catchUp());
  }

  leave(page: Page): void {
    this.#pages.delete(page);
    if (this.#pages.size === 0) this.#running?.abort();
  }

  async #run(): Promise<void> {
    const running = new AbortController();
    this.#running = running;
    this.#readMs = this.#deps.clock.steady();
    while (!running.signal.aborted) {
      await this.#deps.clock.sleep(
        Math.min(EVERY_MS * 2 ** this.#failures, LONGEST_PAUSE_MS),
        running.signal,
      );
      if (!running.signal.aborted) await this.#round();
    }
    this.#running = null;
    // A page came while the last one left.
    if (this.#pages.size > 0) void this.#run();
  }

  async #round(): Promise<void> {
    for (const page of this.#pages) if (!page.sink.ready()) page.together = false;
    const now = this.#deps.clock.steady();
    const presence = now >= this.#presenceDueMs;
    const sessions = now >= this.#sessionsDueMs;
    const pages = [...this.#pages].filter(({ together }) => together);
    const read = await this.#read(pages, { presence, sessions });
    this.#failures = read ? 0 : this.#failures + 1;
    if (read && presence) this.#presenceDueMs = now + PRESENCE_EVERY_MS;
    if (read && sessions) this.#sessionsDueMs = now + SESSIONS_EVERY_MS;
    await this.#catchUp();
    beat(this.#pages, this.#deps.clock.steady());
  }

  /** Pages that come, and those that were too slow, in a statement of their own: nobody else reads far back for them. */
  #catchUp(): Promise<void> {
    this.#catching ??= this.#readLate().finally(() => {
      this.#catching = null;
    });
    return this.#catching;
  }

  async #readLate(): Promise<void> {
    const late = [...this.#pages].filter(({ together, sink }) => !together && sink.ready());
    if (!(await this.#read(late, { presence: true, sessions: false }))) return;
    for (const page of late) page.together = true;
  }

  /** One statement for these pages; false when it failed. */
  async #read(pages: readonly Page[], also: { presence: boolean; sessions: boolean }): Promise<boolean> {
    if (pages.length === 0) return true;
    const { store, clock, log } = this.#deps;
    try {
      const changes = shownChanges(this.#tenantId, await store.changes(this.#tenantId, askFor(pages, also)));
      this.#readMs = clock.steady();
      tell(pages, changes, this.#readMs);
      return true;
    } catch (error) {
      if (clock.steady() - this.#readMs >= STALLED_MS) stall(this.#pages, clock.steady());
      log.warn("console.live_failed", { code: errorCode(error) });
      return false;
    }
  }
}

function askFor(pages: readonly Page[], also: { presence: boolean; sessions: boolean }): Asked {
  const feeds = pages.map(({ feed }) => feed);
  const present = feeds.flatMap(({ operatorId, conversationId }) =>
    conversationId === null ? [] : [{ operatorId, conversationId }],
  );
  return {
    since: earliest(feeds.flatMap(({ position }) => (position === null ? [] : [position]))),
    watched: unique(present.map(({ conversationId }) => conversationId)),
    operators: unique(feeds.map(({ operatorId }) => operatorId)),
    sessions: also.sessions ? unique(feeds.map(({ sessionId }) => sessionId)) : null,
    present: also.presence ? present : null,
    // A page that has just come knows none.
    counts: feeds.some(({ knowsCounts }) => !knowsCounts),
  };
}

const unique = (ids: readonly string[]): string[] => [...new Set(ids)];
