import { errorCode } from "../telemetry/error-code.ts";
import type { Log } from "../telemetry/log.ts";
import type { SteadyClock } from "../types/clock.ts";
import type { SearchIndex } from "../types/search-index.ts";

/** Dependencies of the job. */
export interface IndexMessagesDeps {
  searchIndex: SearchIndex;
  clock: SteadyClock;
  log: Log;
}

/** Messages per statement: about a tenth of a second of the database's processor. */
const MESSAGES = 1_000;
/** No statement starts after this; the next run goes on. */
const BUDGET_MS = 5_000;

/** Brings new messages into the console's search. Never throws, since nothing waits for it. */
export async function indexMessages(deps: IndexMessagesDeps, budgetMs = BUDGET_MS): Promise<void> {
  const startedMs = deps.clock.now();
  try {
    while ((await deps.searchIndex.bringIn(MESSAGES)) === MESSAGES)
      if (deps.clock.now() - startedMs > budgetMs) return;
  } catch (error) {
    deps.log.warn("search.failed", { code: errorCode(error) });
  }
}
