import { useMemo } from "react";
import type { MoneyView } from "../../../../contracts/console/money.ts";
import { Chart } from "../charts/chart.tsx";
import { Lines } from "../charts/lines.tsx";
import { cell, type Table } from "../charts/table.ts";
import { useFigures } from "../frame/formats.ts";
import { useMoneyWords } from "../frame/money-words.ts";
import { useInsightTexts } from "../frame/texts.ts";

const NAMES = ["models", "fees", "helpers"] as const;

/** Dollars by slot. */
export function OverTime({ view: { series, slots, head } }: { view: MoneyView }) {
  const { money, frame } = useInsightTexts();
  const figures = useFigures();
  const words = useMoneyWords();
  const { step } = head.range;
  const shown = useMemo(() => NAMES.filter((name) => series[name].some((usd) => usd > 0)), [series]);
  const lines = useMemo(
    () => shown.map((name) => ({ name, label: money.series[name], values: series[name] })),
    [shown, series, money],
  );
  const table: Table = {
    columns: [frame.chart.time, ...shown.map((name) => money.series[name])],
    rows: slots.flatMap((at, place) => {
      const values = shown.map((name) => series[name][place] ?? 0);
      if (values.every((usd) => usd === 0)) return [];
      const when = cell(figures.slot(at, step), new Date(at).toISOString());
      return [[when, ...values.map((usd) => cell(words.usd(usd), usd))]];
    }),
  };
  return (
    <Chart
      title={money.overTime}
      hint={money.overTimeHint}
      table={table}
      events={shown.length === 0 ? 0 : head.events}
    >
      <Lines times={slots} step={step} series={lines} format={words.usd} />
    </Chart>
  );
}
