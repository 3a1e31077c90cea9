import type { FactsOf } from "../../config/models.ts";
import { boundedInteger } from "../../json/clean.ts";
import type { ModelUse } from "../../types/turn/record.ts";
import { costUsd, type Usage } from "./cost.ts";

/** The column has four digits before the point. */
export const MAX_COST_USD = 9_999;

type Used = Omit<ModelUse, "model" | "discarded">;

/** Tokens and cost of some calls. */
export function usedBy(usages: readonly Usage[], factsOf: FactsOf): Used {
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

/** The same of each model, in the order of their first calls; `discarded` are further calls whose answers were not wanted. */
export function usesOf(usages: readonly Usage[], discarded: readonly Usage[], factsOf: FactsOf): ModelUse[] {
  const all = [...usages, ...discarded];
  return [...new Set(all.map(({ model }) => model))].map((model) => {
    const of = (some: readonly Usage[]) =>
      usedBy(
        some.filter((usage) => usage.model === model),
        factsOf,
      );
    const unwanted = of(discarded);
    return { model, ...of(all), ...(unwanted.inputTokens > 0 && { discarded: unwanted }) };
  });
}
