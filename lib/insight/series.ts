import type { InsightRange, Percentiles, Share } from "../../contracts/console/insight.ts";
import type { Cell, LabelName } from "../types/metrics.ts";
import { distribution } from "./histogram.ts";
import { slotsOf } from "./range.ts";

/** Sum of all cells. */
export const sumOf = (cells: Iterable<Pick<Cell, "n">>): number => {
  let sum = 0;
  for (const { n } of cells) sum += n;
  return sum;
};

/** A share with its counts; null of nothing. */
export const shareOf = (good: number, all: number): Share => ({
  good,
  all,
  share: all === 0 ? null : good / all,
});

/** Percentiles of merged cells of durations. */
export function percentilesOf(cells: Iterable<Cell>): Percentiles {
  const { count, quantile } = distribution(cells);
  return { count, p50: quantile(0.5), p95: quantile(0.95), p99: quantile(0.99) };
}

/** Share of durations within a target, in milliseconds. */
export function withinOf(cells: Iterable<Cell>, targetMs: number): Share {
  const { count, within } = distribution(cells);
  return shareOf(within(targetMs), count);
}

/** Cells by the value of a label; cells without it are at "". */
export function byLabel(cells: Iterable<Cell>, label: LabelName): Map<string, Cell[]> {
  return groups(cells, ({ labels }) => labels[label] ?? "");
}

/** Cells of each slot of a range, in order; slots without events are empty. */
export function bySlot(cells: Iterable<Cell>, range: InsightRange): { at: number; cells: Cell[] }[] {
  const found = groups(cells, ({ atMs }) => atMs ?? range.fromMs);
  return slotsOf(range).map((at) => ({ at, cells: found.get(at) ?? [] }));
}

/** Sums of each slot of a range, in order. */
export const countsBySlot = (cells: Iterable<Cell>, range: InsightRange): number[] =>
  bySlot(cells, range).map((slot) => sumOf(slot.cells));

/** Sums by the value of a label, largest first. */
export const totalsBy = (cells: Iterable<Cell>, label: LabelName): { name: string; n: number }[] =>
  [...byLabel(cells, label)]
    .map(([name, own]) => ({ name, n: sumOf(own) }))
    .sort((a, b) => b.n - a.n || a.name.localeCompare(b.name));

/** Anything apart by a key. */
export function groups<Key, Each>(cells: Iterable<Each>, keyOf: (cell: Each) => Key): Map<Key, Each[]> {
  const found = new Map<Key, Each[]>();
  for (const cell of cells) {
    const key = keyOf(cell);
    const own = found.get(key);
    if (own) own.push(cell);
    else found.set(key, [cell]);
  }
  return found;
}
