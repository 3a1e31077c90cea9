/** Time, as the code asks for it. */

/** Time, injected so that tests can hold it. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Resolves after `ms`, or at once when `signal` aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** Time by two clocks. */
export interface SteadyClock extends Clock {
  /** Milliseconds since some moment, by a clock that nobody sets. */
  steady(): number;
}
