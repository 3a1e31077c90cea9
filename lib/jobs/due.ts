import type { Clock } from "../types/clock.ts";

/** Work that is done behind responses where no scheduler calls often. `run` never throws, and itself finds out whether others have done it. */
export interface DueJob {
  /** Pause between two runs in this process. */
  everyMs: number;
  run(): Promise<unknown>;
}

/** Runs, one after another, what has not been run for its pause; at most one call works at a time. */
export function createDue(jobs: readonly DueJob[], clock: Pick<Clock, "now">): () => Promise<void> {
  const lastMs = new Map<DueJob, number>();
  let isBusy = false;
  return async () => {
    if (isBusy) return;
    isBusy = true;
    try {
      for (const job of jobs) {
        if (clock.now() - (lastMs.get(job) ?? Number.NEGATIVE_INFINITY) < job.everyMs) continue;
        lastMs.set(job, clock.now());
        await job.run();
      }
    } finally {
      isBusy = false;
    }
  };
}
