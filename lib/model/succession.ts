/** Which model answers for a configured one: itself while it lives, then its successor. */
import type { FactsOf } from "../config/models.ts";
import type { Clock } from "../types/clock.ts";
import { isModelGone } from "./gone.ts";

/** Longest chain of successors that is followed. */
const MAX_CHAIN = 5;
/** A model that was not found is asked again after this: the service may have been wrong. */
const FORGET_MS = 60 * 60_000;

/** A model that ended, and the one that answers now; null when none does. */
export interface Succeeded {
  model: string;
  successor: string | null;
  /** `date`: its last day has come; `not_found`: the service said so. */
  because: "date" | "not_found";
}

/** Knows which models have ended, by their last day and by what the service said. */
export interface Succession {
  /** The model to ask in place of a configured one. */
  current(id: string): string;
  /**
   * The answer of a model, else of its successors one after the other. Throws what the last one threw, and at once any
   * failure but that a model is gone.
   */
  ask<Answer>(
    id: string,
    answer: (id: string) => PromiseLike<Answer>,
  ): Promise<{ id: string; answer: Answer }>;
}

/** A succession by these facts; `onSucceeded` is called with each end that is noticed. */
export function createSuccession(deps: {
  factsOf: FactsOf;
  clock: Pick<Clock, "now">;
  onSucceeded: (end: Succeeded) => void;
}): Succession {
  const { factsOf, clock, onSucceeded } = deps;
  const goneAtMs = new Map<string, number>();
  const isGone = (id: string) => clock.now() - (goneAtMs.get(id) ?? Number.NEGATIVE_INFINITY) < FORGET_MS;
  const isPast = (id: string) => hasEnded(factsOf(id).shutdown, clock.now());

  /** Those to ask, in order. One past its last day comes after its successors: another service may still have it. */
  function order(id: string): [string, ...string[]] {
    const there = chainOf(id, factsOf).filter((one) => !isGone(one));
    const [first = id, ...rest] = [...there.filter((one) => !isPast(one)), ...there.filter(isPast)];
    return [first, ...rest];
  }

  return {
    current: (id) => order(id)[0],
    async ask(id, answer) {
      const [first, ...rest] = order(id);
      let failure: unknown;
      for (const one of [first, ...rest]) {
        try {
          const answered = { id: one, answer: await answer(one) };
          if (one !== id)
            onSucceeded({ model: id, successor: one, because: isGone(id) ? "not_found" : "date" });
          return answered;
        } catch (error) {
          if (!isModelGone(error)) throw error;
          goneAtMs.set(one, clock.now());
          failure = error;
        }
      }
      onSucceeded({ model: id, successor: null, because: "not_found" });
      throw failure;
    },
  };
}

/** True from the first moment (UTC) of a model's last day: the service may end it at any hour of it. */
export const hasEnded = (shutdown: string | null, nowMs: number): boolean =>
  shutdown !== null && nowMs >= Date.parse(`${shutdown}T00:00:00Z`);

/** The model and its successors, each once. */
function chainOf(id: string, factsOf: FactsOf): string[] {
  const chain = [id];
  for (let next = factsOf(id).successor; next && !chain.includes(next); next = factsOf(next).successor) {
    chain.push(next);
    if (chain.length === MAX_CHAIN) break;
  }
  return chain;
}
