import { type Patience, pauseMs } from "./patience.ts";
import { reasonOf } from "./reasons.ts";
import { refusalOf } from "./refusal.ts";

/**
 * Makes a call of the AI SDK, again after a moment's trouble as long as the time allows. An unexplained 500 is none: what was
 * sent may be its cause, and sound is billed by the minute. Throws the call's last error.
 */
export async function patiently<T>(makeCall: () => PromiseLike<T>, patience: Patience): Promise<T> {
  const { clock, signal } = patience;
  for (let count = 1; ; count++) {
    try {
      return await makeCall();
    } catch (error) {
      const refusal = signal.aborted ? null : refusalOf(error, clock.now());
      if (refusal === null || reasonOf(refusal, NONE).kind !== "moment") throw error;
      if (refusal.status === 500 && refusal.retryAfterMs === null) throw error;
      const ms = pauseMs(refusal, count, patience);
      if (ms === null) throw error;
      await clock.sleep(ms, signal);
      if (signal.aborted) throw error;
    }
  }
}

const NONE: ReadonlySet<never> = new Set();
