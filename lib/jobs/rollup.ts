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
export const ROWS = 1_000;
/** A database that is too slow for one slice gets smaller ones, down to this. */
const LEAST_ROWS = 40;
const SHRINK = 5;
/** No statement starts after this; the next run goes on. */
const BUDGET_MS = 8_000;

/** Counts what is due into the counters. Returns whether all is done; never throws, since nothing waits for it. */
export async function rollUp(deps: RollUpDeps, budgetMs = BUDGET_MS): Promise<boolean> {
  const startedMs = deps.clock.now();
  let rows = ROWS;
  let counted = false;
  let isDone = false;
  while (!isDone && deps.clock.now() - startedMs < budgetMs) {
    try {
      const outcome = await deps.rollUp.step(rows);
      if (outcome === "busy") break;
      isDone = outcome === "done";
      counted ||= !isDone;
    } catch (error) {
      if (rows <= LEAST_ROWS) {
        deps.log.warn("rollup.failed", { code: errorCode(error) });
        break;
      }
      rows /= SHRINK;
    }
  }
  // Once a minute, by the one process that has counted it.
  if (counted) await deps.sendFigures?.();
  return isDone;
}
