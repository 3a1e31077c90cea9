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

/** Metrics of an objective: filters must suit all of them. Money is set against turns where it is split by what messages do not know. */
export function metricsOf(objective: Objective, perTurns: boolean): MetricName[] {
  if (objective.kind === "duration") return [objective.metric];
  if (objective.kind === "availability") return ["answered"];
  return ["cost_nano_usd", perTurns ? "turns" : "received"];
}

/** How to read an objective. */
export type PartsReading = Pick<Reading, "step" | "range" | "number"> & {
  by?: readonly LabelName[];
  perTurns: boolean;
};

/** Reads what an objective is measured by. */
export async function readParts(
  { read }: Figures,
  objective: Objective,
  { perTurns, by = [], ...when }: PartsReading,
): Promise<Parts> {
  const [main, all] = metricsOf(objective, perTurns);
  if (main === undefined) throw new Error("an objective without a metric");
  const fate: LabelName[] = objective.kind === "availability" ? ["result"] : [];
  const isMoney = objective.kind === "cost";
  const [mainCells, allCells, unpriced] = await Promise.all([
    read({ ...when, metric: main, by: [...by, ...fate] }),
    all === undefined ? [] : read({ ...when, metric: all, by }),
    isMoney ? read({ ...when, metric: "unpriced", by: by.filter((label) => label === "model") }) : [],
  ]);
  return { main: mainCells, all: allCells, unpriced };
}

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
