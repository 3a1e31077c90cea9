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
  { claim, deps }: { claim: Pick<Claim, "tenant">; deps: Pick<TurnDeps, "models" | "limits"> },
  { intent, language, classified }: Perceived,
  tools: TurnTools,
  allowed: Allowed,
): Rung[] {
  const row = intentOf(claim.tenant, intent);
  const { reply, tiers, fallback, chosenBy } = deps.models;
  const share = (part: number) => Math.round(deps.limits.replyTimeoutMs * part);
  const economy = allowed !== "all";
  const full = {
    ...{ intent, language, tools: tools.named(row.tools), maxPauseMs: MAX_PAUSE_MS },
    isAsking: () => tools.asks() !== null,
  };
  const model = tiers?.[row.tier] ?? reply;
  const first: Rung = {
    ...full,
    rung: classified ? "full" : "no_classification",
    model,
    choice: choiceOf(chosenBy, row.tier),
    timeoutMs: share(0.5),
    // Limits are counted by model: another one may answer now.
    maxPauseMs: model.id === fallback.id ? MAX_PAUSE_MS : SWITCH_PAUSE_MS,
  };
  const second = { ...full, model: fallback, choice: economy ? "budget" : "fallback" };
  return [
    ...(economy ? [] : [first]),
    { ...second, rung: "fallback_model", timeoutMs: share(economy ? 0.8 : 0.3) },
    { ...second, rung: "plain", tools: {}, timeoutMs: share(0.2) },
  ];
}

/** A variable names one model for all tiers, a profile one for each. */
const choiceOf = (chosenBy: string | undefined, tier: Tier): string | null =>
  chosenBy === undefined ? null : chosenBy === "REPLY_MODEL" ? chosenBy : `${chosenBy}/${tier}`;
