import { type Refusal, refusal } from "./refusals.ts";

export interface PaceOptions {
  /** One message to a person in 6 s, or up to 45 within 6 s that have to be waited for afterwards. */
  pairRate: boolean;
  /** Messages per second and business number, in and out together; null: any number. */
  throughput: number | null;
  now: () => number;
}

/** How fast a business number may speak. */
export interface Pace {
  /** Counts one message to a person, or says why it came too early. */
  take(phoneNumberId: string, person: string): Refusal | null;
  /** Counts one message from a person. */
  noteInbound(phoneNumberId: string): void;
}

/** Meta, about the platform: pair rate limit. */
const PAIR_INTERVAL_MS = 6_000;
const PAIR_BURST = 45;

const SECOND_MS = 1_000;

/** Nothing was said yet. */
export function createPace({ pairRate, throughput, now }: PaceOptions): Pace {
  const bursts = new Map<string, { beganMs: number; count: number }>();
  const recent = new Map<string, number[]>();

  const lastSecond = (phoneNumberId: string): number[] => {
    const times = (recent.get(phoneNumberId) ?? []).filter((timeMs) => timeMs > now() - SECOND_MS);
    recent.set(phoneNumberId, times);
    return times;
  };
  const note = (phoneNumberId: string): void => {
    if (throughput !== null) lastSecond(phoneNumberId).push(now());
  };
  const pairAllows = (pair: string): boolean => {
    const burst = bursts.get(pair);
    const nowMs = now();
    if (!burst || nowMs >= burst.beganMs + burst.count * PAIR_INTERVAL_MS) {
      bursts.set(pair, { beganMs: nowMs, count: 1 });
      return true;
    }
    const mayBorrow = nowMs < burst.beganMs + PAIR_INTERVAL_MS && burst.count < PAIR_BURST;
    if (mayBorrow) burst.count += 1;
    return mayBorrow;
  };
  return {
    take(phoneNumberId, person) {
      if (throughput !== null && lastSecond(phoneNumberId).length >= throughput)
        return refusal(
          130_429,
          "Message failed to send because there were too many messages in a short time.",
        );
      if (pairRate && !pairAllows(`${phoneNumberId}/${person}`))
        return refusal(
          131_056,
          "Message failed to send because there were too many messages to this person.",
        );
      note(phoneNumberId);
      return null;
    },
    noteInbound: note,
  };
}
