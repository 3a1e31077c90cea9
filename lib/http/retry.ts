import type { Clock } from "../types/clock.ts";
import { CallError } from "./call-error.ts";

/** Growing pauses between attempts: `firstMs`, multiplied by `factor` each time, up to `maxMs`. */
export interface Backoff {
  firstMs: number;
  /** 2 by default. */
  factor?: number;
  maxMs: number;
  /** Random share of each pause, so that callers spread out: 0 (default) to 1. */
  jitter?: number;
}

/** Pause in milliseconds after attempt `attempt`, counted from 1. */
export function backoffMs(
  { firstMs, factor = 2, maxMs, jitter = 0 }: Backoff,
  attempt: number,
  random: () => number = Math.random,
): number {
  const ceilingMs = Math.min(firstMs * factor ** (attempt - 1), maxMs);
  return ceilingMs * (1 - jitter + jitter * random());
}

/** Conditions for repeating a call. */
export interface RetryPolicy {
  /** Calls in all. */
  attempts: number;
  /** Failures worth another attempt; by default the retryable ones. */
  when?: (error: CallError) => boolean;
  /** Pause by `backoff`, or by `Retry-After` up to its `maxMs`; none by default. */
  pause?: { backoff: Backoff; clock: Clock; signal: AbortSignal };
  onFailure?: (error: CallError, attempt: number) => void;
}

/** Makes a call up to `attempts` times. Throws the last CallError, and any other error at once. */
export async function retry<T>(makeCall: () => Promise<T>, policy: RetryPolicy): Promise<T> {
  const { attempts, when = (error) => error.retryable, pause, onFailure } = policy;
  for (let attempt = 1; ; attempt++) {
    try {
      return await makeCall();
    } catch (error) {
      if (!(error instanceof CallError)) throw error;
      onFailure?.(error, attempt);
      if (attempt === attempts || !when(error)) throw error;
      if (pause) await rest(pause, error, attempt);
    }
  }
}

function rest(
  { backoff, clock, signal }: NonNullable<RetryPolicy["pause"]>,
  { retryAfterMs }: CallError,
  attempt: number,
): Promise<void> {
  const askedMs = Math.min(retryAfterMs ?? 0, backoff.maxMs);
  return clock.sleep(Math.max(askedMs, backoffMs(backoff, attempt)), signal);
}
