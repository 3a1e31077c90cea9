/** Messages in one burst. */
export const SIZES = [1, 2, 3, 5];
const BURSTS_PER_SIZE = 30;
/** Bursts start at random times in this span. */
const SPAN_MS = 10_000;
const SHORTEST_GAP_MS = 300;
const LONGEST_GAP_MS = 3_000;

export const FIRST_PHONE = 52_000_000_000;

/** One customer's messages in a row. */
export interface Burst {
  phone: number;
  startsAtMs: number;
  gapsMs: number[];
}

/** Bursts of a seed; gaps are log-uniform, so that short ones are common, as in practice. */
export function makeBursts(seed: number, firstPhone: number): Burst[] {
  const random = generator(seed);
  const gap = () => SHORTEST_GAP_MS * (LONGEST_GAP_MS / SHORTEST_GAP_MS) ** random();
  return SIZES.flatMap((size) =>
    Array.from({ length: BURSTS_PER_SIZE }, (_, index) => ({
      phone: firstPhone + size * 1_000 + index,
      startsAtMs: random() * SPAN_MS,
      gapsMs: Array.from({ length: size - 1 }, gap),
    })),
  );
}

/** Mulberry32: small, and good enough to spread messages in time. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
