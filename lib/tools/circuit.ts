/** Circuit breaker: a system that keeps failing is left alone for a while, so that customers are not kept waiting for it. */

const FAILURES = 5;
const OPEN_MS = 15_000;
const MAX_SYSTEMS = 1_000;

interface State {
  failures: number;
  openUntilMs: number;
}

export interface Circuits {
  /** False while the system is left alone; after that, for one call at a time until one succeeds. */
  mayCall(system: string): boolean;
  report(system: string, failed: boolean): void;
}

/** Counts the failures of each system in this process: five in a row open its circuit for 15 seconds. */
export function createCircuits(now: () => number): Circuits {
  const states = new Map<string, State>();
  return {
    mayCall(system) {
      const state = states.get(system);
      if (!state || state.failures < FAILURES) return true;
      if (now() < state.openUntilMs) return false;
      // This call tries; others wait for what comes of it.
      state.openUntilMs = now() + OPEN_MS;
      return true;
    },
    report(system, failed) {
      const failures = failed ? (states.get(system)?.failures ?? 0) + 1 : 0;
      states.delete(system);
      if (failures === 0) return;
      states.set(system, { failures, openUntilMs: failures >= FAILURES ? now() + OPEN_MS : 0 });
      const [oldest] = states.keys();
      if (states.size > MAX_SYSTEMS && oldest !== undefined) states.delete(oldest);
    },
  };
}
