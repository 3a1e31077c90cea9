import type { ObjectiveMeasure, ObjectiveName, ObjectiveView } from "../../../contracts/console/insight.ts";
import { budgetRange, OBJECTIVES, type Objective, remainingBudget } from "../../insight/objectives.ts";
import { slotsOf } from "../../insight/range.ts";
import { measureOf, metricsOf, type Parts, partsBy, perOf, readParts } from "./measure.ts";
import { type Figures, isFiltered } from "./read.ts";

/** An objective over the range and over the month, and by slot. */
export interface MeasuredObjective {
  view: ObjectiveView;
  /** By slot of the range. */
  series: ObjectiveMeasure[];
}

const NO_PARTS: Parts = { main: [], all: [], unpriced: [] };

/** Measures an objective for the range and filters of a request. */
export async function measureObjective(
  figures: Figures,
  name: ObjectiveName,
  nowMs: number,
): Promise<MeasuredObjective> {
  const objective: Objective = OBJECTIVES[name];
  const { range, where } = figures;
  const per = perOf(Object.keys(where));
  const [parts, monthParts] = await Promise.all([
    readParts(figures, objective, { per, step: range.step }),
    readParts(figures, objective, { per, range: budgetRange(nowMs) }),
  ]);
  const slots = partsBy(parts, ({ atMs }) => atMs ?? range.fromMs);
  const month = measureOf(objective, monthParts);
  const view: ObjectiveView = {
    name,
    ...{ limit: limitOf(objective), objective: "share" in objective ? objective.share : null },
    filtered: metricsOf(objective, per).every((metric) => isFiltered(metric, where)),
    per: per === "messages" ? per : "turns",
    ...{ range: measureOf(objective, parts), month, remaining: remainingOf(objective, month) },
  };
  const series = slotsOf(range).map((at) => measureOf(objective, slots.get(at) ?? NO_PARTS));
  return { view, series };
}

function limitOf(objective: Objective): number | null {
  if (objective.kind === "duration") return objective.limitMs;
  return objective.kind === "cost" ? objective.limitUsd : null;
}

/** Share of an objective's budget that is left; null when that is not known. */
export function remainingOf(objective: Objective, { share, usd }: ObjectiveMeasure): number | null {
  if (objective.kind !== "cost") return remainingBudget(share, objective.share);
  return usd === null ? null : 1 - usd / objective.limitUsd;
}
