import { type Arrival, run } from "./run.ts";
import type { TurnDeps } from "./state/context.ts";

/** Conversations answered at once by one call; a batch of hundreds must not open hundreds of model calls. */
const CONCURRENCY = 8;
/** No turn is begun after this; what is left stays open and is resumed. */
const BUDGET_MS = 20_000;

/** Runs these conversations, a few at a time. Returns how many were begun. */
export async function runAll(
  conversationIds: readonly string[],
  deps: TurnDeps,
  arrival: Arrival | null,
): Promise<number> {
  const startedMs = deps.clock.now();
  const queue = [...conversationIds];
  let begun = 0;
  const work = async () => {
    while (deps.clock.now() - startedMs < BUDGET_MS) {
      const next = queue.shift();
      if (next === undefined) return;
      begun += 1;
      await run(next, deps, arrival);
    }
  };
  await Promise.all(Array.from({ length: Math.min(CONCURRENCY, queue.length) }, work));
  return begun;
}
