import type { Clock, Purged, Retention } from "./ports.ts";
import type { Log } from "./telemetry/log.ts";

/** Everything the purge needs. */
export interface PurgeDeps {
  retention: Retention;
  /** Rows younger than this stay; never under eight days, whatever is set. */
  retentionDays: number;
  clock: Clock;
  log: Log;
}

/** Rows of one table in one statement: some tens of milliseconds, so that nothing else waits long for the disk. */
const BATCH = 1_000;
/** No statement is begun after this: what is left goes with the next call. */
const BUDGET_MS = 15_000;

/** Deletes what is older than it needs to be, in small batches: how many rows went, and whether that was all. */
export async function purge(deps: PurgeDeps): Promise<{ purged: Purged; done: boolean }> {
  const startedMs = deps.clock.now();
  const purged: Purged = { messages: 0, turns: 0, handoffs: 0, earlyStatuses: 0, counters: 0, platformEvents: 0 };
  let done = false;
  while (!done && deps.clock.now() - startedMs < BUDGET_MS) {
    const batch = await deps.retention.purge(deps.retentionDays, BATCH);
    for (const table of Object.keys(purged) as (keyof Purged)[]) purged[table] += batch[table];
    done = Object.values(batch).every((rows) => rows < BATCH);
  }
  deps.log.info("purge.ran", { ...purged, done });
  return { purged, done };
}
