import type { Clock } from "../ports.ts";

/** A send is not begun with less than this left: one round trip to the Graph API, and drift between clocks. */
const SEND_MARGIN_MS = 2_000;

/** The holder's own view of its lease: what it can know while the database is not asked. */
export interface Lease {
  /** To be called with the time before the statement that extended the lease was sent. */
  extendedAt(startedMs: number): void;
  /** False once a successor may hold the conversation: a process that was frozen must not send when it wakes. */
  maySend(): boolean;
}

/** A lease of `leaseMs`; `startedMs`: some time before the statement that takes it is sent. */
export function createLease(startedMs: number, leaseMs: number, clock: Pick<Clock, "now">): Lease {
  let expiresAt = startedMs + leaseMs;
  const marginMs = Math.min(SEND_MARGIN_MS, leaseMs / 4);
  return {
    extendedAt: (startedMs) => {
      expiresAt = startedMs + leaseMs;
    },
    maySend: () => clock.now() < expiresAt - marginMs,
  };
}
