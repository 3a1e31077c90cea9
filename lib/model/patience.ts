import { type Backoff, backoffMs } from "../http/retry.ts";
import type { Clock } from "../types/clock.ts";
import type { Refusal } from "./refusal.ts";

/** The time that a call has, its pauses and repetitions included. */
export interface Patience {
  clock: Clock;
  /** By the clock. */
  endsAtMs: number;
  /** Longest pause that is waited for; a service that asks for more is busy for longer than a customer waits. */
  maxPauseMs: number;
  signal: AbortSignal;
}

/** What a customer waits for: a longer `Retry-After` is a quota, not a moment's trouble. */
export const MAX_PAUSE_MS = 3_000;

/** Time that a repeated call needs for its answer. */
const CALL_ROOM_MS = 400;
/** Repetitions of a call: as often as a service asks for them, few without a word of it. */
const MOST = { asked: 4, busy: 3, failed: 1 };
/** Statuses of a service that has too much to do. */
const BUSY: ReadonlySet<number | null> = new Set([429, 503, 529]);
const BACKOFF: Backoff = { firstMs: 250, maxMs: 1_000, jitter: 0.5 };

/** The pause before repetition `count` of a refused call, in milliseconds; null when it is not worth waiting. */
export function pauseMs(
  { retryAfterMs: askedMs, status }: Pick<Refusal, "retryAfterMs" | "status">,
  count: number,
  { clock, endsAtMs, maxPauseMs }: Patience,
): number | null {
  const roomMs = endsAtMs - clock.now() - CALL_ROOM_MS;
  if (askedMs === null || askedMs === 0) {
    const ownMs = backoffMs(BACKOFF, count);
    return count <= (BUSY.has(status) ? MOST.busy : MOST.failed) && ownMs <= roomMs ? ownMs : null;
  }
  if (count > MOST.asked || askedMs > maxPauseMs) return null;
  if (askedMs <= roomMs) return askedMs;
  // A header counts in whole seconds, rounded up: what was asked for may be over sooner.
  return askedMs <= 2 * roomMs ? roomMs : null;
}
