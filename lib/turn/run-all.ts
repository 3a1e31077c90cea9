import type { Clock } from "../types/clock.ts";
import { MAX_TURNS, runTurns } from "./run.ts";
import type { RunRules, TurnDeps } from "./state/context.ts";
import { createSlots } from "./state/slots.ts";
import type { Delivery } from "./state/turn.ts";

/** Conversations answered in parallel; hundreds must not open hundreds of model calls. */
const CONCURRENCY = 16;
const BUDGET_MS = 20_000;
/** Turns of one conversation before the others come first, one for messages that came while it ran. */
const TURNS_IN_A_ROW = 2;

/** The conversations that a call was given. */
export interface Ran {
  started: number;
  /** Not done: never started, to be tried again, or with messages that are still unread. */
  left: number;
}

/** For a platform that ends a process soon after its response, and with it whatever it holds: each call by itself, starting turns for 20 s. */
export const briefRuns = (clock: Pick<Clock, "now">): RunRules => ({
  slots: null,
  mayStart: (sinceMs) => clock.now() - sinceMs < BUDGET_MS,
});

/** For a process that goes on: all its calls together, until it stops. */
export const lastingRuns = (isStopping: () => boolean): RunRules => ({
  slots: createSlots(CONCURRENCY),
  mayStart: () => !isStopping(),
});

/**
 * Runs these conversations, a few in parallel. Who has more messages than two turns answer goes behind the others; a conversation that comes
 * alone, from a customer who has just written, waits for no batch.
 */
export async function runAll(
  conversationIds: readonly string[],
  deps: TurnDeps,
  delivery: Delivery | null,
): Promise<Ran> {
  const sinceMs = deps.clock.now();
  if (delivery && deps.limits.settleMs > 0) await deps.clock.sleep(deps.limits.settleMs);
  const queue = conversationIds.map((id) => ({ id, turns: 0 }));
  const { mayStart, slots } = deps.runRules;
  const shared = queue.length === 1 ? null : slots;
  const { run: inSlot } = shared ?? createSlots(CONCURRENCY);
  const ran = { started: 0, left: 0 };
  const next = async (): Promise<boolean> => {
    const conversation = mayStart(sinceMs) ? queue.shift() : undefined;
    if (!conversation) return false;
    const isFirst = conversation.turns === 0;
    if (isFirst) ran.started += 1;
    conversation.turns += TURNS_IN_A_ROW;
    const outcome = await runTurns(conversation.id, deps, isFirst ? delivery : null, TURNS_IN_A_ROW);
    if (outcome === "run_again" && conversation.turns < MAX_TURNS) queue.push(conversation);
    else if (outcome !== "done") ran.left += 1;
    return true;
  };
  const work = async () => {
    while (await inSlot(next));
  };
  await Promise.all(Array.from({ length: Math.min(CONCURRENCY, queue.length) }, work));
  return { ...ran, left: ran.left + queue.length };
}
