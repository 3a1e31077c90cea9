/** Port of the throttle. */

/** Attempts counted for one subject. */
export interface Counter {
  /** What is counted, and for whom; hashed before it leaves the process. */
  name: string;
  max: number;
}

/** Counts attempts in windows of ten minutes. */
export interface Throttle {
  /** Counts an attempt with every counter; when one is full none counts, and the answer is the seconds until there is room. 0: go on. Never throws. */
  attempt(counters: readonly Counter[]): Promise<number>;
  /** Takes an attempt back that was a success. Never throws. */
  forgive(counters: readonly Counter[]): Promise<void>;
}
