import { type Refusal, refusal } from "./refusals.ts";

export interface RateLimitOptions {
  /** Limits messages to one customer: one in 6 s, or a burst of up to 45 that delays the next ones. */
  pairRate: boolean;
  /** Messages per second and business number, inbound and outbound together; null: unlimited. */
  throughput: number | null;
  now: () => number;
}

/** Meta's rate limits of a business number. */
export interface RateLimits {
  /** Counts one message to a customer, or refuses it as too early. */
  take(phoneNumberId: string, customer: string): Refusal | null;
  /** Counts one message from a customer. */
  noteInbound(phoneNumberId: string): void;
}

/** Meta's documentation, "About the platform": pair rate limit. */
const PAIR_INTERVAL_MS = 6_000;
const PAIR_BURST = 45;

const SECOND_MS = 1_000;

/** Limits with nothing counted yet. */
export function createRateLimits({ pairRate, throughput, now }: RateLimitOptions): RateLimits {
  const bursts = new Map<string, { startedMs: number; count: number }>();
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
    if (!burst || nowMs >= burst.startedMs + burst.count * PAIR_INTERVAL_MS) {
      bursts.set(pair, { startedMs: nowMs, count: 1 });
      return true;
    }
    const mayBorrow = nowMs < burst.startedMs + PAIR_INTERVAL_MS && burst.count < PAIR_BURST;
    if (mayBorrow) burst.count += 1;
    return mayBorrow;
  };
  return {
    take(phoneNumberId, customer) {
      if (throughput !== null && lastSecond(phoneNumberId).length >= throughput)
        return refusal(
          130_429,
          "Message failed to send because there were too many messages in a short time.",
        );
      if (pairRate && !pairAllows(`${phoneNumberId}/${customer}`))
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
