import { type FilePurgeDeps, purgeFiles } from "../media/archive/purge-files.ts";
import type { Purged, Retention } from "../types/retention.ts";

/** Dependencies of the purge. */
export interface PurgeDeps extends FilePurgeDeps {
  retention: Retention;
  /** Rows younger than this stay; never under eight days. */
  retentionDays: number;
  /** The same for what models were sent and said; 0: none of it stays. */
  exchangeDays: number;
}

/** Rows per table and statement: some tens of milliseconds, so that others do not wait long for the disk. */
const BATCH = 1_000;
/** No statement starts after this; the next call continues. */
const BUDGET_MS = 15_000;
/** Minimum time for archived files after the rows, because deleting a message makes its file due. */
const FILES_BUDGET_MS = 4_000;

/** Deletes what is past its retention period, in small batches: counts of rows and files, and whether all is done. */
export async function purge(
  deps: PurgeDeps,
): Promise<{ purged: Purged & { mediaFiles: number }; done: boolean }> {
  const startedMs = deps.clock.now();
  const purged: Purged = {
    messages: 0,
    turns: 0,
    exchanges: 0,
    handoffs: 0,
    customers: 0,
    earlyStatuses: 0,
    accountEvents: 0,
    consoleRecords: 0,
    purgedMessages: 0,
    counters: 0,
  };
  let done = false;
  while (!done && deps.clock.now() - startedMs < BUDGET_MS) {
    const batch = await deps.retention.purge(deps.retentionDays, BATCH, deps.exchangeDays);
    for (const table of Object.keys(purged) as (keyof Purged)[]) purged[table] += batch[table];
    done = Object.values(batch).every((rows) => rows < BATCH);
  }
  const endMs = Math.max(startedMs + BUDGET_MS, deps.clock.now() + FILES_BUDGET_MS);
  const files = await purgeFiles(deps, endMs);
  const all = { ...purged, mediaFiles: files.deleted };
  deps.log.info("purge.ran", { ...all, done: done && files.done });
  return { purged: all, done: done && files.done };
}
