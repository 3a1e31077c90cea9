import type { Share } from "../../contracts/console/insight.ts";
import type { Containment } from "../../contracts/console/settings.ts";
import type { Cell, LabelName } from "../types/metrics.ts";
import { shareOf, sumOf } from "./series.ts";

/** Labels of `containment` that a definition looks at. */
export const CONTAINMENT_LABELS = ["served_by", "handoff", "score", "again"] as const satisfies LabelName[];

/** True for conversations that a company counts as contained: the bot served, and all that the definition asks for is true. */
function isContained({ labels }: Pick<Cell, "labels">, definition: Containment): boolean {
  const { served_by: servedBy, handoff, score, again } = labels;
  const { withoutHandoff, withoutOperator, lowScore, quietHours } = definition;
  if (servedBy !== "bot" && (withoutOperator || servedBy !== "mixed")) return false;
  if (withoutHandoff && handoff === "yes") return false;
  if (lowScore !== null && score !== undefined && Number(score) <= lowScore) return false;
  return quietHours === null || again === undefined || Number(again) > quietHours;
}

/** Contained conversations of all that ended. */
export const containmentOf = (cells: readonly Cell[], definition: Containment): Share =>
  shareOf(sumOf(cells.filter((cell) => isContained(cell, definition))), sumOf(cells));

/**
 * Through when conversations can be told by a definition, in epoch milliseconds: those that it asks to stay quiet only where it is known whether
 * the customer wrote again.
 */
export const decidedUntil = ({ quietHours }: Containment, decidedMs: number): number =>
  quietHours === null ? Number.POSITIVE_INFINITY : decidedMs;
