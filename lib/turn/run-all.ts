import { run } from "./run.ts";
import type { TurnDeps } from "./state/context.ts";
import type { Delivery } from "./state/turn.ts";

/** Conversations answered in parallel by one call; a batch of hundreds must not open hundreds of model calls. */
const CONCURRENCY = 8;
/** No turn is started after this; what is left stays unread and is resumed. */
const BUDGET_MS = 20_000;

/** Runs these conversations, a few in parallel. Returns how many were started. */
export async function runAll(
  conversationIds: readonly string[],
  deps: TurnDeps,
  delivery: Delivery | null,
): Promise<number> {
  const startedMs = deps.clock.now();
  const queue = [...conversationIds];
  let started = 0;
  const work = async () => {
    while (deps.clock.now() - startedMs < BUDGET_MS) {
      const next = queue.shift();
      if (next === undefined) return;
      started += 1;
      await run(next, deps, delivery);
    }
  };
  await Promise.all(Array.from({ length: Math.min(CONCURRENCY, queue.length) }, work));
  return started;
}
