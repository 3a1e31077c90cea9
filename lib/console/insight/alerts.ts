import type {
  AlertsView,
  ListedAlert,
  ObjectiveBurn,
  ShownAlert,
} from "../../../contracts/console/alerts.ts";
import { RULES } from "../../alerts/rules.ts";
import {
  BURN_RULES,
  type BurnMeasure,
  burnMeasures,
  burnOf,
  burnSelections,
  LEAST_EVENTS,
  LEAST_MISSES,
  LEAST_USD,
  WINDOWS,
} from "../../insight/burn.ts";
import { budgetRange, OBJECTIVES } from "../../insight/objectives.ts";
import type { ConsoleDeps } from "../http/deps.ts";
import type { TenantCall } from "../http/route.ts";
import { measureOf, readParts } from "./measure.ts";
import { remainingOf } from "./objective.ts";
import { type Figures, figuresFor } from "./read.ts";

/** Alerts of the company, open and over, and how fast its error budgets are spent. The period of the address is not asked for. */
export async function alertsOf(call: TenantCall<ConsoleDeps>): Promise<AlertsView> {
  const { deps, tenantId } = call;
  const nowMs = deps.clock.now();
  const figures = figuresFor({ ...call, query: new URLSearchParams() });
  const [listed, head] = await Promise.all([deps.alerts.list(tenantId, nowMs), figures.head(0)]);
  const cells = await deps.metrics.readEach(burnSelections(tenantId, head.freshMs));
  const objectives = await Promise.all(
    burnMeasures(cells).map((measure) => objectiveOf(measure, figures, nowMs)),
  );
  const shown = (alert: ListedAlert): ShownAlert => ({ ...alert, runbookUrl: runbookOf(alert, deps) });
  return {
    head: { ...head, events: mostEvents(objectives) },
    ...{ ranMs: listed.ranMs, open: listed.open.map(shown), recovered: listed.recovered.map(shown) },
    objectives: objectives.sort((a, b) => fastest(b) - fastest(a)),
    rules: BURN_RULES.map((rule) => ({ ...rule })),
    ...{ leastEvents: LEAST_EVENTS, leastMisses: LEAST_MISSES, leastUsd: LEAST_USD },
  };
}

const runbookOf = ({ rule }: ListedAlert, { runbookUrl }: ConsoleDeps): string | null =>
  runbookUrl && Object.hasOwn(RULES, rule) ? `${runbookUrl}#${RULES[rule].runbook}` : null;

async function objectiveOf(
  { name, objective, windows }: BurnMeasure,
  figures: Figures,
  nowMs: number,
): Promise<ObjectiveBurn> {
  const parts = await readParts(figures, OBJECTIVES[name], { per: "messages", range: budgetRange(nowMs) });
  const measure = measureOf(OBJECTIVES[name], parts);
  const rates = WINDOWS.map((window) => {
    const within = windows[window];
    return { window, share: within, burn: burnOf(within, objective) };
  });
  return { name, objective, rates, remaining: remainingOf(OBJECTIVES[name], measure) };
}

/** The rate over an hour decides, then that over a day. */
const fastest = ({ rates }: ObjectiveBurn): number => {
  const of = (name: string) => rates.find(({ window }) => window === name)?.burn ?? 0;
  return of("1h") * 1_000 + of("1d");
};

const mostEvents = (objectives: readonly ObjectiveBurn[]): number =>
  Math.max(0, ...objectives.flatMap(({ rates }) => rates.map(({ share }) => share.all)));
