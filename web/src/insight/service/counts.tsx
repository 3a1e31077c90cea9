import { useMemo } from "react";
import { textFor } from "../../texts/texts.ts";
import { Bars } from "../charts/bars.tsx";
import { Chart } from "../charts/chart.tsx";
import { cell, type Table } from "../charts/table.ts";
import { useFigures } from "../frame/formats.ts";
import { useInsightTexts } from "../frame/texts.ts";

interface Props {
  title: string;
  hint: string;
  counts: readonly { name: string; n: number }[];
  /** Words for the names; a name without any is shown as it is. */
  words: Readonly<Record<string, string>>;
}

/** Totals by name as bars, with each one's share. */
export function Counts({ title, hint, counts, words }: Props) {
  const { service, frame } = useInsightTexts();
  const figures = useFigures();
  const all = counts.reduce((sum, { n }) => sum + n, 0);
  const named = useMemo(
    () =>
      counts.map(({ name, n }) => ({
        name,
        n,
        label: textFor(words, name) ?? (name || frame.chart.unknown),
      })),
    [counts, words, frame],
  );
  const table: Table = {
    columns: [title, service.times],
    rows: named.map(({ label, n }) => [cell(label), cell(figures.count(n), n)]),
  };
  return (
    <Chart title={title} hint={hint} table={table} events={all} trend={false}>
      <Bars
        bars={named.map(({ name, label, n }) => ({
          ...{ name, label, value: n, words: figures.count(n) },
          note: figures.share(n / all),
        }))}
      />
    </Chart>
  );
}
