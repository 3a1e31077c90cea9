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

/** Turns in the first statement of a run: at most half a second of the database's processor, where hardly two turns are alike. */
export const ROWS = 1_000;
/** A statement that takes less is followed by a larger one, so that many turns share what a statement costs anyway. */
const QUICK_MS = 500;
const GROW = 2;
const MOST_ROWS = 8_000;
/** A database that is too slow for one slice gets smaller ones, down to this. */
const LEAST_ROWS = 40;
const SHRINK = 5;
/** No statement starts after this; the next run goes on. */
const BUDGET_MS = 8_000;

/** Counts what is due into the counters. Returns whether all is done; never throws, since nothing waits for it. */
export async function rollUp(deps: RollUpDeps, budgetMs = BUDGET_MS): Promise<boolean> {
  const startedMs = deps.clock.steady();
  let rows = ROWS;
  let most = MOST_ROWS;
  let counted = false;
  let isDone = false;
  while (!isDone && deps.clock.steady() - startedMs < budgetMs) {
    const stepMs = deps.clock.steady();
    try {
      const outcome = await deps.rollUp.step(rows);
      if (outcome === "busy") break;
      isDone = outcome === "done";
      counted ||= !isDone;
      if (deps.clock.steady() - stepMs < QUICK_MS) rows = Math.min(most, rows * GROW);
    } catch (error) {
      if (rows <= LEAST_ROWS) {
        deps.log.warn("rollup.failed", { code: errorCode(error) });
        break;
      }
      rows = most = Math.max(LEAST_ROWS, Math.floor(rows / SHRINK));
    }
  }
  // Once a minute, by the one process that has counted it.
  if (counted) await deps.sendFigures?.();
  return isDone;
}
