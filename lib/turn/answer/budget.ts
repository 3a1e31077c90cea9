import { errorCode } from "../../telemetry/error-code.ts";
import type { Claim, UsageToday } from "../../types/turn-store.ts";
import type { BudgetLimits, TurnDeps } from "../state/context.ts";

/**
 * How far a budget is used: from 80 % on the company is told (`warn`), from 100 % on only the fallback model answers
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

/** Reasons of the handoffs that a closed budget opens: the person's turns, or the number's dollars. */
export const CLOSED_REASONS = { turns: "budget_person", usd: "budget_number" } as const;

/** Which models may answer: all, the fallback model alone, or none and why. */
export type Allowed = "all" | "economy" | { closed: (typeof CLOSED_REASONS)[keyof typeof CLOSED_REASONS] };

/** What the person's turns and the number's dollars allow, by the stricter of the two. */
export function allowedBy(usage: UsageToday, limits: BudgetLimits): Allowed {
  const usd = levelOf(usage.numberUsd, limits.usd);
  const turns = levelOf(usage.turns, limits.turns);
  if (usd === "closed") return { closed: CLOSED_REASONS.usd };
  if (turns === "closed") return { closed: CLOSED_REASONS.turns };
  return usd === "economy" || turns === "economy" ? "economy" : "all";
}

/** One budget that the company has to know of. */
interface Reached {
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
    const told = budget === "soundSeconds" && level === "closed" ? "economy" : level;
    return told === "ok" ? [] : [{ budget, level: told, used: used[budget], limit: limits[budget] }];
  });
}

/** Tells the company of a budget that is nearly or wholly used: each level once a day and person, or number. Never throws. */
export async function tellBudget(
  claim: Claim,
  deps: Pick<TurnDeps, "store" | "notifier" | "log" | "budget">,
): Promise<void> {
  try {
    for (const budget of reached(claim.usage, deps.budget)) {
      const whose = budget.budget === "usd" ? "number" : "person";
      // The person's own handoff says it.
      if (whose === "person" && budget.level === "closed") continue;
      const notice = `${whose}:${budget.budget}:${budget.level}`;
      if (await deps.store.firstToday(claim, notice)) await tell(claim, budget, deps);
    }
  } catch (error) {
    deps.log.warn("notify.failed", { code: errorCode(error), attempt: 1 });
  }
}

const NAMES: Record<keyof BudgetLimits, string> = {
  turns: "turns of one customer",
  soundSeconds: "seconds of sound of one customer",
  usd: "model dollars of this number",
};

const CONSEQUENCES: Record<Reached["level"], string> = {
  warn: "nothing changes yet",
  economy: "only the fallback model answers until midnight UTC",
  closed: "no model answers until midnight UTC; each customer who writes is passed to a person",
};

async function tell(
  { conversationId, tenant }: Claim,
  { budget, level, used, limit }: Reached,
  { notifier, log }: Pick<TurnDeps, "notifier" | "log">,
): Promise<void> {
  log.warn("budget.reached", { conversation: conversationId, budget, level });
  const consequence =
    budget === "soundSeconds" && level === "economy"
      ? "recordings are not listened to until midnight UTC"
      : CONSEQUENCES[level];
  const whose = budget === "usd" ? "" : `, conversation …${conversationId.slice(-8)}`;
  await notifier.alert({
    title: `${tenant.profile.name}: today's ${NAMES[budget]} are ${level === "warn" ? "nearly " : ""}used up`,
    detail: `${Math.round(used)} of ${limit}${whose}; ${consequence}`,
  });
}
