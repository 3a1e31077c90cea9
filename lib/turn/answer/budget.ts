import type { UsageToday } from "../../types/turn-store.ts";
import type { BudgetLimits } from "../state/context.ts";

/**
 * Use of a budget: from 80 % on operators are alerted (`warn`), from 100 % on only the fallback model answers
 * (`economy`), from 120 % on none does (`closed`).
 */
export type Level = "ok" | "warn" | "economy" | "closed";

/** Percent of a limit from which each level holds, highest first. */
const LEVELS = [
  ["closed", 120],
  ["economy", 100],
  ["warn", 80],
] as const satisfies readonly (readonly [Level, number])[];

/** The share of its limit at which a budget is closed. */
export const CLOSED_AT = LEVELS[0][1] / 100;

/** The level of a budget of which `used` was used. */
export function levelOf(used: number, limit: number): Level {
  return LEVELS.find(([, percent]) => used * 100 >= limit * percent)?.[0] ?? "ok";
}

/** Share of a customer's turns of a day whose replies may be begun early: who writes more waits longer rather than costing more. */
export const EARLY_SHARE = 1 / 3;

/** Reasons of the handoffs that a closed budget opens: the customer's turns, or the number's dollars. */
export const CLOSED_REASONS = { turns: "budget_person", usd: "budget_number" } as const;

/** Models that may answer: all, the fallback model alone, or none and the reason. */
export type Allowed = "all" | "economy" | { closed: (typeof CLOSED_REASONS)[keyof typeof CLOSED_REASONS] };

/** The models that the customer's turns and the number's dollars allow, by the stricter of the two. */
export function allowedBy(usage: UsageToday, limits: BudgetLimits): Allowed {
  const usd = levelOf(usage.numberUsd, limits.usd);
  const turns = levelOf(usage.turns, limits.turns);
  if (usd === "closed") return { closed: CLOSED_REASONS.usd };
  if (turns === "closed") return { closed: CLOSED_REASONS.turns };
  return usd === "economy" || turns === "economy" ? "economy" : "all";
}

/** A budget to alert operators to. */
export interface Reached {
  budget: keyof BudgetLimits;
  level: Exclude<Level, "ok">;
  used: number;
  limit: number;
}

/** The budgets of which 80 % or more were used before this turn. */
export function reached(
  { turns, soundSeconds, numberUsd: usd }: UsageToday,
  limits: BudgetLimits,
): Reached[] {
  const used: BudgetLimits = { turns, soundSeconds, usd };
  return (["turns", "soundSeconds", "usd"] as const).flatMap((budget) => {
    const level = levelOf(used[budget], limits[budget]);
    // Sound has no fallback model: it is listened to or not.
    const alert = budget === "soundSeconds" && level === "closed" ? "economy" : level;
    return alert === "ok" ? [] : [{ budget, level: alert, used: used[budget], limit: limits[budget] }];
  });
}
