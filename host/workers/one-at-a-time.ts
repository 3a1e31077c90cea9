/** Something to be done, which may be given up. */
export interface Job {
  /** Aborted when nobody waits for it any more. */
  signal: AbortSignal;
  /** Until it is done; at once when `stop` aborts. */
  run(stop: AbortSignal): Promise<void>;
  /** In place of being done. */
  fail(reason: "busy" | "timeout"): void;
}

export interface QueueOptions {
  /** Jobs that may wait; one more fails at once as `busy`. */
  most: number;
  /** For one job. */
  limitMs: number;
  /** After that a job makes room for those that have not had their turn, and begins again behind them. */
  turnMs: number;
  /** Before each job; its time is not the job's. */
  prepare(): Promise<void>;
  /** When there is nothing left to do. */
  onIdle(): void;
}

type Outcome = "done" | "timeout" | "again";

const LOOK_MS = 50;

/** Takes jobs and does them one at a time, in order, but for those that nobody waits for. */
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
    const look = (): void => {
      const tookMs = performance.now() - startedMs;
      if (job.signal.aborted || tookMs > options.limitMs) outcome = "timeout";
      else if (tookMs > options.turnMs && waiting.some(({ hadTurn }) => !hadTurn)) outcome = "again";
      if (outcome !== "done") stop.abort();
    };
    const timer = setInterval(look, LOOK_MS);
    job.signal.addEventListener("abort", look);
    look();
    await job.run(stop.signal);
    clearInterval(timer);
    job.signal.removeEventListener("abort", look);
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
