import { useCallback } from "react";
import type { ConversationsView } from "../../../../contracts/console/conversations.ts";
import { usePage } from "../../shared/page.tsx";
import { cell, type Table, type TableCell } from "../charts/table.ts";
import { useFigures } from "../frame/formats.ts";
import { useInsightTexts } from "../frame/texts.ts";

/** The table behind a chart over time: slots in which something was counted, with their cells. */
export function useSlotTable(
  { slots, head }: Pick<ConversationsView, "slots" | "head">,
  columns: readonly string[],
  cellsOf: (place: number) => readonly TableCell[],
): Table {
  const { frame } = useInsightTexts();
  const figures = useFigures();
  const rows = slots.flatMap((at, place) => {
    const cells = cellsOf(place);
    if (cells.every(({ value }) => value === 0 || value === null)) return [];
    return [[cell(figures.slot(at, head.range.step), new Date(at).toISOString()), ...cells]];
  });
  return { columns: [frame.chart.time, ...columns], rows };
}

const MINUTE_MS = 60_000;

/** Writes lengths from seconds to days: `4.2 s`, `2 h 5 min`. */
export function useLength(): (ms: number | null) => string {
  const { formats } = usePage();
  const { duration } = useFigures();
  return useCallback(
    (ms) => (ms === null || ms < MINUTE_MS ? duration(ms) : formats.span(ms)),
    [duration, formats],
  );
}

/** Writes cells of a table. */
export function useCells() {
  const figures = useFigures();
  const length = useLength();
  return {
    count: (n: number): TableCell => cell(figures.count(n), n),
    share: (share: number | null): TableCell => cell(figures.share(share), share),
    length: (ms: number | null): TableCell => cell(length(ms), ms === null ? null : Math.round(ms)),
  };
}
