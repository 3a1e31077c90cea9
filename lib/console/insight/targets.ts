import type { ObjectiveMeasure, ObjectiveName, TargetsView } from "../../../contracts/console/insight.ts";
import { OBJECTIVE_NAMES, OBJECTIVES } from "../../insight/objectives.ts";
import { slotsOf } from "../../insight/range.ts";
import { byLabel, countsBySlot, percentilesOf, sumOf } from "../../insight/series.ts";
import type { Cell } from "../../types/metrics.ts";
import type { ConsoleDeps } from "../http/deps.ts";
import type { TenantCall } from "../http/route.ts";
import { type MeasuredObjective, measureObjective } from "./objective.ts";
import { figuresFor } from "./read.ts";

/** Stages in the order of a turn; others come behind. */
const ORDER = [
  ...["ack", "verify", "parse", "admit", "receive", "settle", "claim"],
  ...["classify", "respond", "draft", "send", "finish"],
];

/** Place of a stage in a turn; tools run while the reply is written. */
function rank(name: string): number {
  if (name.startsWith("tool:")) return ORDER.indexOf("respond") + 0.5;
  return ORDER.includes(name) ? ORDER.indexOf(name) : ORDER.length;
}

/** All objectives, the stages of turns, and how much there was to do. */
export async function targetsOf(call: TenantCall<ConsoleDeps>): Promise<TargetsView> {
  const figures = figuresFor(call);
  const nowMs = call.deps.clock.now();
  const [measured, stages, received] = await Promise.all([
    Promise.all(OBJECTIVE_NAMES.map((name) => measureObjective(figures, name, nowMs))),
    figures.read({ metric: "stage", by: ["stage"] }),
    figures.read({ metric: "received", step: figures.range.step }),
  ]);
  return {
    head: await figures.head(sumOf(received)),
    slots: slotsOf(figures.range),
    objectives: measured.map(withTrend).sort(byRemaining),
    stages: stagesOf(stages),
    received: countsBySlot(received, figures.range),
  };
}

const withTrend = ({ view, series }: MeasuredObjective): TargetsView["objectives"][number] => ({
  ...view,
  trend: series.map((measure) => trendOf(view.name, measure)),
});

function trendOf(name: ObjectiveName, { percentiles, share, usd }: ObjectiveMeasure): number | null {
  const { kind } = OBJECTIVES[name];
  if (kind === "duration") return percentiles?.p95 ?? null;
  return kind === "cost" ? usd : share.share;
}

/** Least remaining first; what has no events comes last. */
const byRemaining = (a: { remaining: number | null }, b: { remaining: number | null }): number =>
  (a.remaining ?? Number.POSITIVE_INFINITY) - (b.remaining ?? Number.POSITIVE_INFINITY) || 0;

function stagesOf(cells: readonly Cell[]): TargetsView["stages"] {
  return [...byLabel(cells, "stage")]
    .map(([name, own]) => ({ name, percentiles: percentilesOf(own) }))
    .filter(({ name }) => name !== "")
    .sort((a, b) => rank(a.name) - rank(b.name) || a.name.localeCompare(b.name));
}
