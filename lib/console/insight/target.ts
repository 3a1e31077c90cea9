import type { ObjectiveGroup, ObjectiveName, TargetView } from "../../../contracts/console/insight.ts";
import { METRICS } from "../../insight/catalogue.ts";
import { OBJECTIVES, type Objective } from "../../insight/objectives.ts";
import { slotsOf } from "../../insight/range.ts";
import type { ConsoleDeps } from "../http/deps.ts";
import type { TenantCall } from "../http/route.ts";
import { measureOf, metricsOf, partsBy, perOf, readParts } from "./measure.ts";
import { measureObjective } from "./objective.ts";
import { type Figures, figuresFor } from "./read.ts";
import { objectiveIn } from "./worst.ts";

const LABELS = ["intent", "model", "rung"] as const;
/** Rows of a group at most; the others are rare. */
const MOST_ROWS = 25;

/** One objective over time, and by what its figures are kept by. */
export async function targetOf(call: TenantCall<ConsoleDeps>): Promise<TargetView> {
  const name = objectiveIn(call.params);
  const figures = figuresFor(call);
  const [{ view, series }, groups] = await Promise.all([
    measureObjective(figures, name, call.deps.clock.now()),
    groupsOf(figures, name),
  ]);
  return {
    head: await figures.head(view.range.share.all),
    objective: view,
    slots: slotsOf(figures.range),
    series,
    groups,
  };
}

async function groupsOf(figures: Figures, name: ObjectiveName): Promise<ObjectiveGroup[]> {
  const objective: Objective = OBJECTIVES[name];
  const kept = LABELS.filter((label) => isKeptBy(objective, label));
  const labels = kept.map((label) => labelGroup(figures, objective, label));
  const numbers = figures.numbers.length > 1 ? [numberGroup(figures, objective)] : [];
  const groups = await Promise.all([...labels, ...numbers]);
  return groups.filter(({ rows }) => rows.length > 0);
}

/** True when an objective can be split by a label. */
const isKeptBy = (objective: Objective, label: string): boolean =>
  metricsOf(objective, perOf([label])).every((metric) => {
    const labels: readonly string[] = METRICS[metric].labels;
    return labels.includes(label);
  });

async function labelGroup(
  figures: Figures,
  objective: Objective,
  by: (typeof LABELS)[number],
): Promise<ObjectiveGroup> {
  const parts = await readParts(figures, objective, {
    per: perOf([by, ...Object.keys(figures.where)]),
    by: [by],
  });
  const rows = [...partsBy(parts, ({ labels }) => labels[by] ?? "")]
    .map(([name, own]) => ({ name, measure: measureOf(objective, own) }))
    .filter(({ measure }) => measure.share.all > 0);
  return { by, rows: mostFrequent(rows) };
}

async function numberGroup(figures: Figures, objective: Objective): Promise<ObjectiveGroup> {
  const per = perOf(Object.keys(figures.where));
  const rows = await Promise.all(
    figures.numbers.map(async (number) => ({
      name: number.company,
      measure: measureOf(objective, await readParts(figures, objective, { per, number: number.tenantId })),
    })),
  );
  return { by: "number", rows: mostFrequent(rows) };
}

const mostFrequent = (rows: ObjectiveGroup["rows"]): ObjectiveGroup["rows"] =>
  rows.sort((a, b) => b.measure.share.all - a.measure.share.all).slice(0, MOST_ROWS);
