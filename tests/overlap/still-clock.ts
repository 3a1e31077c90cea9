import type { Clock } from "../../lib/types/clock.ts";

/** A clock that stands until it is moved by `pass`, which lets all that is ready go on before and after. */
export function stillClock(): { clock: Clock; pass(ms: number): Promise<void> } {
  let nowMs = 0;
  const sleepers = new Set<{ atMs: number; wake: () => void }>();
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  const clock: Clock = {
    now: () => nowMs,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        sleepers.add({ atMs: nowMs + ms, wake: resolve });
        signal?.addEventListener("abort", () => resolve());
      }),
  };
  return {
    clock,
    async pass(ms) {
      await settle();
      nowMs += ms;
      for (const { atMs, wake } of sleepers) if (atMs <= nowMs) wake();
      await settle();
    },
  };
}
