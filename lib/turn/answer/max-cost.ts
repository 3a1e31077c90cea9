import { modelFacts } from "../../config/models.ts";
import { answerTokens } from "../../model/suit.ts";
import { MAX_INPUT_TOKENS, MAX_OUTPUT_TOKENS, MAX_STEPS } from "../state/bounds.ts";
import type { BudgetLimits } from "../state/context.ts";
import { budgetUsd, imageTokens } from "../state/cost.ts";
import { CLOSED_AT, EARLY_SHARE } from "./budget.ts";
import { MAX_MEDIA } from "./understand.ts";

/** Settings that bound the cost of a customer. */
export interface CostSettings {
  /** Ids of the models. */
  models: { intent: string; reply: string; fallback: string; transcription: string };
  budget: BudgetLimits;
}

/** Highest model cost of one customer in a day, in USD: each call is as large as allowed and each rung fails. */
export function maxCostPerCustomerAndDay({ models, budget }: CostSettings): number {
  const sound = {
    model: models.transcription,
    inputTokens: 0,
    outputTokens: 0,
    seconds: budget.soundSeconds,
  };
  const economyTurns = Math.ceil(budget.turns * CLOSED_AT) - budget.turns;
  const early = Math.ceil(budget.turns * EARLY_SHARE);
  const whole = early * maxCostPerTurn(models) + (budget.turns - early) * laterTurnUsd(models);
  return whole + economyTurns * economyTurnUsd(models) + budgetUsd([sound]);
}

/** Highest model cost of one turn, in USD, without its sound: with a reply that was begun early and not wanted. */
export function maxCostPerTurn(models: CostSettings["models"]): number {
  return laterTurnUsd(models) + rungUsd(models.reply);
}

/** The same where none is begun early. */
const laterTurnUsd = (models: CostSettings["models"]): number =>
  economyTurnUsd(models) + rungUsd(models.reply);

/** The classification and two rungs. */
const economyTurnUsd = ({ intent, fallback }: CostSettings["models"]): number =>
  callUsd(intent, 0) + 2 * rungUsd(fallback);

const rungUsd = (model: string): number => MAX_STEPS * callUsd(model, MAX_MEDIA);

function callUsd(model: string, images: number): number {
  const inputTokens = MAX_INPUT_TOKENS + images * imageTokens(model);
  return budgetUsd([
    { model, inputTokens, outputTokens: answerTokens(MAX_OUTPUT_TOKENS, modelFacts(model)) },
  ]);
}
