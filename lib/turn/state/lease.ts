import type { SteadyClock } from "../../types/clock.ts";

/** A send is not begun with less than this left: one round trip to the Graph API, and drift between clocks. */
const SEND_MARGIN_MS = 2_000;

/** One moment by both clocks. */
export interface Instant {
  wallMs: number;
  steadyMs: number;
}

/** This moment, or the one that the wall clock showed as `wallMs`. */
export function instant(clock: Pick<SteadyClock, "now" | "steady">, wallMs = clock.now()): Instant {
  return { wallMs, steadyMs: clock.steady() - Math.max(0, clock.now() - wallMs) };
}

/** The holder's own view of its lease: what it can know while the database is not asked. */
export interface Lease {
  /** To be called with a moment before the statement that extended the lease was sent. */
  extendedAt(moment: Instant): void;
  /** False once a successor may hold the conversation: a process that was frozen must not send when it wakes. */
  maySend(): boolean;
}

/**
 * A lease of `leaseMs`, begun with `started`: some time before the statement that takes it is sent. Two clocks are asked and the one
 * that says more has passed is believed: the wall clock may be set back, and the other stands still while a machine is suspended.
 */
export function createLease(
  started: Instant,
  leaseMs: number,
  clock: Pick<SteadyClock, "now" | "steady">,
): Lease {
  let begun = started;
  const usableMs = leaseMs - Math.min(SEND_MARGIN_MS, leaseMs / 4);
  return {
    extendedAt: (instant) => {
      begun = instant;
    },
    maySend: () => {
      const passedMs = Math.max(clock.now() - begun.wallMs, clock.steady() - begun.steadyMs);
      return passedMs < usableMs;
    },
  };
}
