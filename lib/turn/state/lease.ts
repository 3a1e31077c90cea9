import type { SteadyClock } from "../../types/clock.ts";

/** Least time left for a send: one round trip to the Graph API, and drift between clocks. */
const SEND_MARGIN_MS = 2_000;

/** One moment on both clocks. */
export interface Instant {
  wallMs: number;
  steadyMs: number;
}

/** This moment, or the one that the wall clock showed as `wallMs`. */
export function instant(clock: Pick<SteadyClock, "now" | "steady">, wallMs = clock.now()): Instant {
  return { wallMs, steadyMs: clock.steady() - Math.max(0, clock.now() - wallMs) };
}

/** A process's own view of its lease, without asking the database. */
export interface Lease {
  /** Call with a moment before the statement that extended the lease was sent. */
  extendedAt(moment: Instant): void;
  /** False once a successor may hold the lease: a process that was frozen must not send when it wakes. */
  maySend(): boolean;
}

/**
 * A lease of `leaseMs` from `started`, a moment before the statement that takes it is sent. Of two clocks the one on which more time
 * has passed counts: the wall clock may be set back, and the steady clock may stop while a machine is suspended.
 */
export function createLease(
  started: Instant,
  leaseMs: number,
  clock: Pick<SteadyClock, "now" | "steady">,
): Lease {
  let since = started;
  const usableMs = leaseMs - Math.min(SEND_MARGIN_MS, leaseMs / 4);
  return {
    extendedAt: (instant) => {
      since = instant;
    },
    maySend: () => {
      const passedMs = Math.max(clock.now() - since.wallMs, clock.steady() - since.steadyMs);
      return passedMs < usableMs;
    },
  };
}
