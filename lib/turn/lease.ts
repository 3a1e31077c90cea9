import type { Clock } from "../ports.ts";

/** How long a holder may keep a conversation without a word to the database; it also ends a dead holder's hold. */
export const LEASE_MS = 30_000;

/** A send is not begun with less than this left: one round trip to the Graph API, and drift between clocks. */
const SEND_MARGIN_MS = 2_000;

/** The holder's own view of its lease: what it can know while the database is not asked. */
export interface Lease {
  /** To be called with the time before the statement that extended the lease was sent. */
  extendedAt(startedMs: number): void;
  /** False once a successor may hold the conversation: a process that was frozen must not send when it wakes. */
  maySend(): boolean;
}

/** A lease taken by a statement that was sent at `startedMs`. */
export function createLease(clock: Pick<Clock, "now">, startedMs: number): Lease {
  let expiresAt = startedMs + LEASE_MS;
  return {
    extendedAt: (extendedMs) => {
      expiresAt = extendedMs + LEASE_MS;
    },
    maySend: () => clock.now() < expiresAt - SEND_MARGIN_MS,
  };
}
