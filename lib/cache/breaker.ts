/** How long nobody asks a cache that failed, in milliseconds. */
const SKIP_MS = 2_000;

/** Keeps a cache that hangs from costing every message its whole wait. */
export interface Breaker {
  /** What `ask` gives; null when it failed or when an earlier failure is still too fresh to try. Never throws. */
  attempt<T>(ask: () => Promise<T>): Promise<T | null>;
}

/** Calls `onFailure` once per pause, however many were asking at that moment. */
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
