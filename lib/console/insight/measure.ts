import type { ObjectiveMeasure } from "../../../contracts/console/insight.ts";
import { answeredOf, type Objective } from "../../insight/objectives.ts";
import { percentilesOf, shareOf, sumOf, withinOf } from "../../insight/series.ts";
import type { Cell, LabelName, MetricName } from "../../types/metrics.ts";
import type { Figures, Reading } from "./read.ts";

const THOUSAND = 1_000;
const NANO = 1e9;

/** Cells that an objective is measured by. */
export interface Parts {
  /** Durations, fates of messages, or money. */
  main: Cell[];
  /** What money is set against. */
  all: Cell[];
  unpriced: Cell[];
}

/** What money is set against: messages, or turns where it is split by what messages do not know; of a model the turns that called it. */
export type Per = "messages" | "turns" | "model_turns";

/** What money is set against when figures are kept apart or filtered by these labels. */
export const perOf = (labels: readonly string[]): Per =>
  labels.length === 0 ? "messages" : labels.includes("model") ? "model_turns" : "turns";

/** Metrics of an objective: filters must suit all of them. */
export function metricsOf(objective: Objective, per: Per): MetricName[] {
  if (objective.kind === "duration") return [objective.metric];
  if (objective.kind === "availability") return ["answered"];
  return ["cost_nano_usd", per === "messages" ? "received" : per];
}

/** How to read an objective. */
export type PartsReading = Pick<Reading, "step" | "range" | "number"> & {
  by?: readonly LabelName[];
  per: Per;
};

/** Reads what an objective is measured by. */
export async function readParts(
  { read }: Figures,
  objective: Objective,
  { per, by = [], ...when }: PartsReading,
): Promise<Parts> {
  const [main, all] = metricsOf(objective, per);
  if (main === undefined) throw new Error("an objective without a metric");
  const fate: LabelName[] = objective.kind === "availability" ? ["result"] : [];
  const ofModels = all === "model_turns";
  const [mainCells, allCells, unpriced] = await Promise.all([
    read({ ...when, metric: main, by: [...by, ...fate] }),
    all === undefined ? [] : read({ ...when, metric: all, by: ofModels ? [...by, "result"] : by }),
    all === undefined || ofModels
      ? []
      : read({ ...when, metric: "unpriced", by: by.filter((label) => label === "intent") }),
  ]);
  return { main: mainCells, all: allCells, unpriced: ofModels ? allCells.filter(isUnpriced) : unpriced };
}

/** True for turns of a model of which no price is known. */
export const isUnpriced = ({ labels }: Cell): boolean => labels.result === "unpriced";

/** How an objective was met, from its cells. */
export function measureOf(objective: Objective, { main, all, unpriced }: Parts): ObjectiveMeasure {
  const nothing = { percentiles: null, usd: null, unpriced: 0 };
  if (objective.kind === "duration")
    return { ...nothing, share: withinOf(main, objective.limitMs), percentiles: percentilesOf(main) };
  if (objective.kind === "availability") return { ...nothing, share: answeredOf(main) };
  const count = sumOf(all);
  const turnsWithoutPrice = sumOf(unpriced);
  const usd = sumOf(main) / NANO;
  // Nothing spent because no price is known is not free of charge.
  const known = count > 0 && (usd > 0 || turnsWithoutPrice === 0);
  return {
    ...nothing,
    share: shareOf(count, count),
    usd: known ? (usd / count) * THOUSAND : null,
    unpriced: turnsWithoutPrice,
  };
}

/** Cells apart by a key, e.g. the slot or a label's value. */
export function partsBy<Key>({ main, all, unpriced }: Parts, keyOf: (cell: Cell) => Key): Map<Key, Parts> {
  const found = new Map<Key, Parts>();
  const add = (cells: readonly Cell[], name: keyof Parts) => {
    for (const cell of cells) {
      const key = keyOf(cell);
      const parts = found.get(key) ?? { main: [], all: [], unpriced: [] };
      parts[name].push(cell);
      found.set(key, parts);
    }
  };
  add(main, "main");
  add(all, "all");
  add(unpriced, "unpriced");
  return found;
}
