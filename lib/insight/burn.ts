/** Burn rates: how many times faster than allowed an error budget is spent, over several windows at once. */
import type { ObjectiveName, Share } from "../../contracts/console/insight.ts";
import type { Cell, Selection } from "../types/metrics.ts";
import { answeredOf, OBJECTIVE_NAMES, OBJECTIVES, type Objective } from "./objectives.ts";
import { shareOf, sumOf, withinOf } from "./series.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Windows over which burn rates are measured; all end where the figures do. */
export const WINDOW_MS = {
  ...{ "5m": 5 * MINUTE_MS, "30m": 30 * MINUTE_MS, "1h": HOUR_MS, "2h": 2 * HOUR_MS },
  ...{ "6h": 6 * HOUR_MS, "1d": DAY_MS, "4d": 4 * DAY_MS },
} as const;

export type WindowName = keyof typeof WINDOW_MS;
/** Shortest first. */
export const WINDOWS = Object.keys(WINDOW_MS) as WindowName[];

/**
 * ★ When a burn rate is an alert: over the long window, so that it matters, and over the short one, so that it still goes on (Google's SRE
 * workbook, chapter 5; the factors for 28 days are Pyrra's). At 14 times two days empty the budget of four weeks. The worst first.
 */
export const BURN_RULES = [
  { factor: 14, long: "1h", short: "5m", severity: "page" },
  { factor: 7, long: "6h", short: "30m", severity: "page" },
  { factor: 2, long: "1d", short: "2h", severity: "ticket" },
  { factor: 1, long: "4d", short: "6h", severity: "ticket" },
] as const satisfies {
  factor: number;
  long: WindowName;
  short: WindowName;
  severity: "page" | "ticket";
}[];

export type BurnRule = (typeof BURN_RULES)[number];

/** Fewer events in the long window say nothing: with little traffic one slow reply would burn a day's budget. */
export const LEAST_EVENTS = 20;
/** Fewer misses are no outage. */
export const LEAST_MISSES = 5;

/** Less money in the long window is no matter, whatever it was spent on. */
export const LEAST_USD = 1;

/** How many times faster than allowed the budget is spent: 1 empties it in exactly 28 days; null without events. */
export const burnOf = ({ good, all }: Pick<Share, "good" | "all">, objective: number): number | null =>
  all === 0 ? null : (all - good) / all / (1 - objective);

/**
 * An objective with an error budget, and how it was met in each window. Money likewise: of `all` messages each may cost `1 - objective`
 * dollars, and `all - good` dollars were spent. Then a burn of 1 is exactly the promised cost.
 */
export interface BurnMeasure {
  name: ObjectiveName;
  isMoney: boolean;
  /** Share that must be good. */
  objective: number;
  windows: Record<WindowName, Share>;
}

/**
 * The worst rule of a severity that holds; null: none. Money never pages: nobody waits for longer because of it, and what a day may cost at
 * most is another limit (`BUDGET_USD`), which tells on its own.
 */
export function burning(
  { isMoney, objective, windows }: Pick<BurnMeasure, "isMoney" | "objective" | "windows">,
  severity: BurnRule["severity"],
): BurnRule | null {
  if (isMoney && severity === "page") return null;
  const holds = ({ factor, long, short }: BurnRule) => {
    const { good, all } = windows[long];
    if (all < LEAST_EVENTS || all - good < (isMoney ? LEAST_USD : LEAST_MISSES)) return false;
    return [long, short].every((window) => (burnOf(windows[window], objective) ?? 0) > factor);
  };
  return BURN_RULES.find((rule) => rule.severity === severity && holds(rule)) ?? null;
}

/** What an objective is measured by; money by what was spent and the messages that came. */
function metersOf(objective: Objective): Pick<Selection, "metric" | "by">[] {
  if (objective.kind === "duration") return [{ metric: objective.metric, by: [] }];
  if (objective.kind === "availability") return [{ metric: "answered", by: ["result"] }];
  return (["cost_nano_usd", "received"] as const).map((metric) => ({ metric, by: [] }));
}

/** What to read for the burn rates of all objectives: windows that end at this time, through which figures are complete. */
export const burnSelections = (tenantId: string, freshMs: number): Selection[] =>
  OBJECTIVE_NAMES.flatMap((name) => metersOf(OBJECTIVES[name])).flatMap((meter) =>
    WINDOWS.map((window): Selection => {
      const range = { fromMs: freshMs - WINDOW_MS[window], toMs: freshMs, step: null, where: {} };
      return { tenantId, ...range, ...meter };
    }),
  );

/** The answers to `burnSelections`, in their order, as measures. */
export function burnMeasures(answers: readonly (readonly Cell[])[]): BurnMeasure[] {
  const left = [...answers];
  return OBJECTIVE_NAMES.map((name): BurnMeasure => {
    const objective: Objective = OBJECTIVES[name];
    const meters = metersOf(objective).map(() => left.splice(0, WINDOWS.length));
    const shares = WINDOWS.map((window, at) => [
      window,
      usedOf(
        objective,
        meters.map((cells) => cells[at] ?? []),
      ),
    ]);
    const isMoney = objective.kind === "cost";
    const share = isMoney ? 1 - objective.limitUsd / 1_000 : objective.share;
    return { name, isMoney, objective: share, windows: Object.fromEntries(shares) };
  });
}

function usedOf(objective: Objective, [main = [], messages = []]: (readonly Cell[])[]): Share {
  if (objective.kind === "duration") return withinOf(main, objective.limitMs);
  if (objective.kind === "availability") return answeredOf(main);
  const all = sumOf(messages);
  return shareOf(all - sumOf(main) / 1e9, all);
}
