import { errorCode } from "../telemetry/error-code.ts";
import type { Log } from "../telemetry/log.ts";
import type { SteadyClock } from "../types/clock.ts";
import type { RollUp } from "../types/metrics.ts";

/** Dependencies of the roll-up. */
export interface RollUpDeps {
  rollUp: RollUp;
  clock: SteadyClock;
  log: Log;
  /** Sends the figures to where others look; never throws. Null: nobody does. */
  sendFigures: (() => Promise<void>) | null;
}

/** Turns per statement: about half a second of the database's processor. */
const ROWS = 5_000;
/** No statement starts after this; the next run goes on. */
const BUDGET_MS = 8_000;

/** Counts what is due into the counters. Returns whether all is done; never throws, since nothing waits for it. */
export async function rollUp(deps: RollUpDeps, budgetMs = BUDGET_MS): Promise<boolean> {
  const startedMs = deps.clock.now();
  let counted = false;
  let isDone = false;
  try {
    while (!isDone && deps.clock.now() - startedMs < budgetMs) {
      const outcome = await deps.rollUp.step(ROWS);
      if (outcome === "busy") break;
      isDone = outcome === "done";
      counted ||= !isDone;
    }
  } catch (error) {
    deps.log.warn("rollup.failed", { code: errorCode(error) });
  }
  // Once a minute, by the one process that has counted it.
  if (counted) await deps.sendFigures?.();
  return isDone;
}
