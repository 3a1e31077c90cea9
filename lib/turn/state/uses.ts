import type { FactsOf } from "../../config/models.ts";
import { boundedInteger } from "../../json/clean.ts";
import type { ModelUse } from "../../types/turn/record.ts";
import { costUsd, type Usage } from "./cost.ts";

/** The column has four digits before the point. */
export const MAX_COST_USD = 9_999;

/** Tokens and cost of some calls. */
export function usedBy(usages: readonly Usage[], factsOf: FactsOf): Omit<ModelUse, "model"> {
  const sum = (key: "inputTokens" | "cachedTokens" | "outputTokens") =>
    boundedInteger(usages.reduce((total, usage) => total + (usage[key] ?? 0), 0)) ?? 0;
  const usd = costUsd(usages, factsOf);
  return {
    inputTokens: sum("inputTokens"),
    cachedTokens: sum("cachedTokens"),
    outputTokens: sum("outputTokens"),
    costUsd: usd === null ? null : Math.min(usd, MAX_COST_USD),
  };
}

/** The same of each model, in the order of their first calls. */
export function usesOf(usages: readonly Usage[], factsOf: FactsOf): ModelUse[] {
  const models = [...new Set(usages.map(({ model }) => model))];
  return models.map((model) => ({
    model,
    ...usedBy(
      usages.filter((usage) => usage.model === model),
      factsOf,
    ),
  }));
}
