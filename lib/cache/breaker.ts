/** Pause after a failure, in milliseconds. */
const SKIP_MS = 2_000;

/** Circuit breaker: skips the cache for 2 s after a failure. */
export interface Breaker {
  /** Result of `ask`; null when it fails or during the pause. Never throws. */
  attempt<T>(ask: () => Promise<T>): Promise<T | null>;
}

/** Creates a breaker; `onFailure` is called once per pause, however many calls fail at once. */
export function createBreaker(now: () => number, onFailure: (error: unknown) => void): Breaker {
  let pausedUntilMs = 0;
  return {
    async attempt(ask) {
      if (now() < pausedUntilMs) return null;
      try {
        return await ask();
      } catch (error) {
        if (now() >= pausedUntilMs) {
          pausedUntilMs = now() + SKIP_MS;
          onFailure(error);
        }
        return null;
      }
    },
  };
}
