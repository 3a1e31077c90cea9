import { errorCode } from "../telemetry/error-code.ts";
import { createStages } from "../telemetry/stages.ts";
import { allowedBy } from "./answer/budget.ts";
import { askForOpinion } from "./answer/classify.ts";
import { keptExchanges } from "./draft.ts";
import { modelsOf, type TurnDeps } from "./state/context.ts";
import { createJournal } from "./state/journal.ts";
import type { Turn } from "./state/turn.ts";

type ComparedTurn = Pick<
  Turn<
    Pick<
      TurnDeps,
      | "sample"
      | "keeper"
      | "budget"
      | "fastPath"
      | "intentLocal"
      | "models"
      | "limits"
      | "clock"
      | "factsOf"
      | "log"
    >
  >,
  "claim" | "journal" | "deps"
>;

/**
 * Asks the model about a guess that decided this turn, if the turn is in the sample: without it nobody would see such guesses go wrong.
 * Called when the customer has the reply and the conversation is free. Never throws.
 */
export async function compareGuess({ claim, journal, deps }: ComparedTurn): Promise<void> {
  const { sample, budget, factsOf, log } = deps;
  const { decidedBy, guess } = journal.record();
  if (!sample || decidedBy !== "likeness" || !guess?.sure || !isSampled(claim.turnId, sample.share)) return;
  if (allowedBy(claim.usage, budget) !== "all") return;
  // The turn's own record is closed.
  const aside = createJournal(
    createStages(() => performance.now()),
    factsOf,
  );
  const models = modelsOf(deps.models, claim.tenant);
  const model = await askForOpinion({ claim, journal: aside, deps: { ...deps, models } });
  const { inputTokens, cachedTokens, outputTokens, costUsd, models: uses } = aside.record();
  const used = { inputTokens, cachedTokens, outputTokens, costUsd, models: uses };
  const exchanges = keptExchanges({ claim, journal: aside, deps });
  try {
    await sample.store.record({ turnId: claim.turnId, model, used, usd: aside.usage().usd, exchanges });
    if (exchanges) deps.keeper?.stored(claim.tenant.id, exchanges);
  } catch (error) {
    log.warn("guess.not_compared", { code: errorCode(error) });
  }
}

const WHOLE = 0x1_0000_0000;

/** True for this share of all turns; a turn's id, of which the last digits are random, tells. */
export const isSampled = (turnId: string, share: number): boolean =>
  Number.parseInt(turnId.slice(-8), 16) < share * WHOLE;
