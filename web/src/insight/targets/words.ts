import type { ObjectiveMeasure, ObjectiveView } from "../../../../contracts/console/insight.ts";
import { usePage } from "../../shared/page.tsx";
import type { InsightTexts } from "../../texts/insight.ts";
import { useFigures } from "../frame/formats.ts";
import { useInsightTexts } from "../frame/texts.ts";

/** How much of a budget is left, in a word: red is never the only sign. */
export type BudgetState = "good" | "tight" | "over" | "none";

/** Below this share of the budget little is left. */
const TIGHT = 0.25;

/** State of a budget. */
export function budgetState(remaining: number | null): BudgetState {
  if (remaining === null) return "none";
  if (remaining < 0) return "over";
  return remaining < TIGHT ? "tight" : "good";
}

/** Words about objectives. */
export interface ObjectiveWords {
  name(view: Pick<ObjectiveView, "name" | "per">): string;
  /** What is promised: `95 % within 3 s`. */
  promise(view: ObjectiveView): string;
  /** The figure that the promise is about: a share, or a cost. */
  figure(view: Pick<ObjectiveView, "name">, measure: ObjectiveMeasure): string;
  /** What stands behind the figure: `950 of 1,000`. */
  behind(view: Pick<ObjectiveView, "name" | "per">, measure: ObjectiveMeasure): string;
  remaining(remaining: number | null): string;
}

/** Words about objectives in the page's language. */
export function useObjectiveWords(): ObjectiveWords {
  const { targets, frame } = useInsightTexts();
  const { formats } = usePage();
  const figures = useFigures();
  return {
    name: ({ name, per }) =>
      name === "cost" && per === "turns" ? targets.perThousandTurns : targets.names[name],
    promise: (view) => promiseOf(view, targets, figures),
    figure({ name }, { share, usd, unpriced }) {
      if (name !== "cost") return figures.share(share.share);
      return usd !== null && unpriced > 0 ? targets.atLeast(figures.usd(usd)) : figures.usd(usd);
    },
    behind({ name, per }, { share, unpriced }) {
      if (name !== "cost") return frame.chart.of(figures.count(share.good), figures.count(share.all));
      if (unpriced > 0) return targets.unpriced(figures.count(unpriced));
      return targets.behindCost[per](formats.integer(share.all));
    },
    remaining(remaining) {
      if (remaining === null) return targets.noEvents;
      return remaining < 0
        ? // As finely as the share that is left, which is below 0: rounded to the worse.
          targets.overspent(figures.share(Math.ceil(-remaining * 100) / 100))
        : targets.left(figures.share(Math.min(1, remaining)));
    },
  };
}

function promiseOf(
  { name, limit, objective }: ObjectiveView,
  { promise }: InsightTexts["targets"],
  figures: ReturnType<typeof useFigures>,
): string {
  const share = figures.share(objective);
  if (name === "availability") return promise.availability(share);
  if (name === "cost") return promise.cost(figures.usd(limit));
  return promise.duration(share, figures.duration(limit));
}
