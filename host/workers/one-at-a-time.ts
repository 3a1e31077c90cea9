/** Work that can be cancelled. */
export interface Job {
  /** Aborted when the result is no longer needed. */
  signal: AbortSignal;
  /** Resolves when the work is done, or at once when `stop` aborts. */
  run(stop: AbortSignal): Promise<void>;
  /** Called when the job is not done. */
  fail(reason: "busy" | "timeout"): void;
}

export interface QueueOptions {
  /** Longest queue; a further job fails at once as `busy`. */
  most: number;
  /** Time limit of one job. */
  limitMs: number;
  /** Time after which a job yields to jobs that have not run yet, and starts again behind them. */
  turnMs: number;
  /** Runs before each job; its time does not count as the job's. */
  prepare(): Promise<void>;
  /** Called when the queue is empty. */
  onIdle(): void;
}

type Outcome = "done" | "timeout" | "again";

const CHECK_EVERY_MS = 50;

/** Runs jobs one at a time, in order, and drops cancelled ones. */
export function createQueue(options: QueueOptions): (job: Job) => void {
  let waiting: (Job & { hadTurn: boolean })[] = [];
  let busy = false;

  const next = async (): Promise<void> => {
    if (busy) return;
    const job = waiting.shift();
    if (!job) return options.onIdle();
    busy = true;
    await options.prepare();
    const outcome = await attempt(job);
    busy = false;
    if (outcome === "timeout") job.fail("timeout");
    if (outcome === "again") waiting.push({ ...job, hadTurn: true });
    void next();
  };
  const attempt = async (job: Job): Promise<Outcome> => {
    const startedMs = performance.now();
    const stop = new AbortController();
    let outcome: Outcome = "done";
    const check = (): void => {
      const tookMs = performance.now() - startedMs;
      if (job.signal.aborted || tookMs > options.limitMs) outcome = "timeout";
      else if (tookMs > options.turnMs && waiting.some(({ hadTurn }) => !hadTurn)) outcome = "again";
      if (outcome !== "done") stop.abort();
    };
    const timer = setInterval(check, CHECK_EVERY_MS);
    job.signal.addEventListener("abort", check);
    check();
    await job.run(stop.signal);
    clearInterval(timer);
    job.signal.removeEventListener("abort", check);
    return outcome;
  };

  return (job) => {
    for (const { signal, fail } of waiting) if (signal.aborted) fail("timeout");
    waiting = waiting.filter(({ signal }) => !signal.aborted);
    if (waiting.length >= options.most) return job.fail("busy");
    waiting.push({ ...job, hadTurn: false });
    void next();
  };
}
