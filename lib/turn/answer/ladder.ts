import { intentOf } from "../../intents/own.ts";
import { MAX_PAUSE_MS } from "../../model/patience.ts";
import type { Tier } from "../../types/company.ts";
import type { Claim } from "../../types/turn-store.ts";
import type { TurnDeps } from "../state/context.ts";
import type { Allowed } from "./budget.ts";
import type { Perceived } from "./classify.ts";
import type { Attempt } from "./generate.ts";
import type { TurnTools } from "./tools.ts";

/** The better model is worth a second; after a longer pause the customer has the fallback model's answer already. */
const SWITCH_PAUSE_MS = 1_000;

/** A step of the degradation ladder: one attempt at a reply. */
export interface Rung extends Attempt {
  rung: string;
  /** Why it is this model: the profile and the intent's tier, `balanced/hard`; the variable that names it; or what went before. */
  choice: string | null;
}

/**
 * The attempts in order, and their shares of the time: the first may use half of it, so that the last has some. Economy
 * leaves out the first.
 */
export function ladder(
  turn: LadderTurn,
  perceived: Perceived,
  tools: TurnTools,
  allowed: Allowed,
): [Rung, ...Rung[]] {
  const second = fallbackRung(turn, perceived, tools);
  const plain: Rung = { ...second, rung: "plain", tools: {}, timeoutMs: share(0.2, turn) };
  if (allowed === "all") return [firstRung(turn, perceived, tools), second, plain];
  const choice = "budget";
  return [
    { ...second, choice, timeoutMs: share(0.8, turn) },
    { ...plain, choice },
  ];
}

interface LadderTurn {
  claim: Pick<Claim, "tenant">;
  deps: Pick<TurnDeps, "models" | "limits">;
}

const share = (part: number, { deps }: LadderTurn): number => Math.round(deps.limits.replyTimeoutMs * part);

/** The attempt with the intent's own model. */
export function firstRung(turn: LadderTurn, perceived: Perceived, tools: TurnTools): Rung {
  const { reply, tiers, fallback, chosenBy } = turn.deps.models;
  const { tier } = intentOf(turn.claim.tenant, perceived.intent);
  const model = tiers?.[tier] ?? reply;
  return {
    ...attempting(turn, perceived, tools),
    ...{ rung: perceived.classified ? "full" : "no_classification", model },
    choice: choiceOf(chosenBy, tier),
    timeoutMs: share(0.5, turn),
    // Limits are counted by model: another one may answer now.
    maxPauseMs: model.id === fallback.id ? MAX_PAUSE_MS : SWITCH_PAUSE_MS,
  };
}

/** The attempt with the fallback model. */
export const fallbackRung = (turn: LadderTurn, perceived: Perceived, tools: TurnTools): Rung => ({
  ...attempting(turn, perceived, tools),
  ...{ rung: "fallback_model", model: turn.deps.models.fallback, choice: "fallback" },
  ...{ timeoutMs: share(0.3, turn), maxPauseMs: MAX_PAUSE_MS },
});

const attempting = ({ claim }: LadderTurn, { intent, language }: Perceived, tools: TurnTools) => ({
  ...{ intent, language, tools: tools.named(intentOf(claim.tenant, intent).tools) },
  isAsking: () => tools.asks() !== null,
});

/** A variable names one model for all tiers, a profile one for each. */
const choiceOf = (chosenBy: string | undefined, tier: Tier): string | null =>
  chosenBy === undefined ? null : chosenBy === "REPLY_MODEL" ? chosenBy : `${chosenBy}/${tier}`;
