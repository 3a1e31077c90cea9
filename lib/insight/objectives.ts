import type { ObjectiveName, Share } from "../../contracts/console/insight.ts";
import type { Cell } from "../types/metrics.ts";
import { DAY_MS } from "./range.ts";
import { shareOf, sumOf } from "./series.ts";

/** A promise: events within a limit, messages that are answered, or money. */
export type Objective =
  | { kind: "duration"; metric: "webhook" | "intent" | "reply" | "wait"; limitMs: number; share: number }
  | { kind: "availability"; share: number }
  | { kind: "cost"; limitUsd: number };

/** ★ What is promised (docs/performance.md), for pages and alerts. Shares: how many events must be within the limit over 28 days. */
export const OBJECTIVES = {
  webhook: { kind: "duration", metric: "webhook", limitMs: 100, share: 0.99 },
  intent: { kind: "duration", metric: "intent", limitMs: 500, share: 0.95 },
  reply: { kind: "duration", metric: "reply", limitMs: 2_000, share: 0.95 },
  wait: { kind: "duration", metric: "wait", limitMs: 3_000, share: 0.95 },
  availability: { kind: "availability", share: 0.999 },
  cost: { kind: "cost", limitUsd: 0.5 },
} as const satisfies Record<ObjectiveName, Objective>;

export const OBJECTIVE_NAMES = Object.keys(OBJECTIVES) as ObjectiveName[];

/** Fates of messages that count as answered. */
const ANSWERED: ReadonlySet<string> = new Set(["bot", "person"]);

/** Fates of messages that count neither as answered nor as missed: there is still time to answer, or another bot wrote. */
const NOT_DUE: ReadonlySet<string> = new Set(["waiting", "quiet"]);

/** Messages answered, of all that are due, from cells of `answered` by their fate. */
export function answeredOf(cells: readonly Cell[]): Share {
  const ofFate = (fates: ReadonlySet<string>) =>
    sumOf(cells.filter(({ labels }) => fates.has(labels.result ?? "")));
  return shareOf(ofFate(ANSWERED), sumOf(cells) - ofFate(NOT_DUE));
}

/** Days over which an error budget is spent. */
const BUDGET_DAYS = 28;

/** The whole days, with today, over which error budgets are spent. */
export function budgetRange(nowMs: number): { fromMs: number; toMs: number } {
  const toMs = Math.ceil(nowMs / DAY_MS) * DAY_MS;
  return { fromMs: toMs - BUDGET_DAYS * DAY_MS, toMs };
}

/** Share of the error budget that is left: 1 all, 0 none, below 0 overspent; null without events. */
export function remainingBudget({ good, all }: Share, objective: number): number | null {
  return all === 0 ? null : 1 - (all - good) / (all * (1 - objective));
}
