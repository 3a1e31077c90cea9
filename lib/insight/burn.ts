/** Burn rates: how many times faster than allowed an error budget is spent, over several windows at once. */
import type { ObjectiveName, Share } from "../../contracts/console/insight.ts";
import type { Cell, Selection } from "../types/metrics.ts";
import { answeredOf, OBJECTIVE_NAMES, OBJECTIVES, type Objective } from "./objectives.ts";
import { withinOf } from "./series.ts";

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

/** How many times faster than allowed the budget is spent: 1 empties it in exactly 28 days; null without events. */
export const burnOf = ({ good, all }: Pick<Share, "good" | "all">, objective: number): number | null =>
  all === 0 ? null : (all - good) / all / (1 - objective);

/** An objective with an error budget, and how it was met in each window. */
export interface BurnMeasure {
  name: ObjectiveName;
  /** Share that must be good. */
  objective: number;
  windows: Record<WindowName, Share>;
}

/** The worst rule of a severity that holds; null: none. */
export function burning(
  { objective, windows }: Pick<BurnMeasure, "objective" | "windows">,
  severity: BurnRule["severity"],
): BurnRule | null {
  const holds = ({ factor, long, short }: BurnRule) => {
    const { good, all } = windows[long];
    if (all < LEAST_EVENTS || all - good < LEAST_MISSES) return false;
    return [long, short].every((window) => (burnOf(windows[window], objective) ?? 0) > factor);
  };
  return BURN_RULES.find((rule) => rule.severity === severity && holds(rule)) ?? null;
}

type Budgeted = Exclude<Objective, { kind: "cost" }>;

const BUDGETED = OBJECTIVE_NAMES.flatMap((name): { name: ObjectiveName; of: Budgeted }[] => {
  const of: Objective = OBJECTIVES[name];
  return of.kind === "cost" ? [] : [{ name, of }];
});

/** What to read for the burn rates of all objectives: windows that end at this time, through which figures are complete. */
export const burnSelections = (tenantId: string, freshMs: number): Selection[] =>
  BUDGETED.flatMap(({ of }) =>
    WINDOWS.map((window): Selection => {
      const range = { tenantId, fromMs: freshMs - WINDOW_MS[window], toMs: freshMs, step: null, where: {} };
      return of.kind === "duration"
        ? { ...range, metric: of.metric, by: [] }
        : { ...range, metric: "answered", by: ["result"] };
    }),
  );

/** The answers to `burnSelections`, in their order, as measures. */
export const burnMeasures = (answers: readonly (readonly Cell[])[]): BurnMeasure[] =>
  BUDGETED.map(({ name, of }, place) => {
    const shares = WINDOWS.map((window, at) => {
      const cells = answers[place * WINDOWS.length + at] ?? [];
      return [window, of.kind === "duration" ? withinOf(cells, of.limitMs) : answeredOf(cells)];
    });
    return { name, objective: of.share, windows: Object.fromEntries(shares) };
  });
