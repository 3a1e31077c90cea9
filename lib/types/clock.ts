/** Port of time. */

/** Time, injected so that tests control it. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Resolves after `ms`, or at once when `signal` aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** A clock that also measures durations. */
export interface SteadyClock extends Clock {
  /** Milliseconds since an arbitrary moment, by a monotonic clock. */
  steady(): number;
}
