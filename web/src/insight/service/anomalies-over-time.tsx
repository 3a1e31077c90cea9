import { useMemo } from "react";
import type { ServiceView } from "../../../../contracts/console/insight.ts";
import { textFor } from "../../texts/texts.ts";
import { Chart } from "../charts/chart.tsx";
import { Columns } from "../charts/columns.tsx";
import { cell, type Table } from "../charts/table.ts";
import { useFigures } from "../frame/formats.ts";
import { useInsightTexts } from "../frame/texts.ts";

/** Drawn: frequent and harmless ones would hide the others. */
const DRAWN = ["dead", "ambiguous", "resent", "redelivered", "resumed"];

/** Anomalies by slot. */
export function AnomaliesOverTime({ view: { anomalies, slots, head } }: { view: ServiceView }) {
  const { service, frame } = useInsightTexts();
  const figures = useFigures();
  const { step } = head.range;
  const nameOf = (name: string) => textFor(service.anomalyNames, name) ?? name;
  const table = useMemo(
    (): Table => ({
      columns: [
        frame.chart.time,
        ...anomalies.map(({ name }) => textFor(service.anomalyNames, name) ?? name),
      ],
      rows: slots.flatMap((at, place) => {
        const counts = anomalies.map(({ series }) => series[place] ?? 0);
        if (counts.every((n) => n === 0)) return [];
        const cells = counts.map((n) => cell(figures.count(n), n));
        return [[cell(figures.slot(at, step), new Date(at).toISOString()), ...cells]];
      }),
    }),
    [anomalies, slots, step, figures, frame, service],
  );
  const drawn = anomalies.filter(({ name }) => DRAWN.includes(name));
  return (
    <Chart
      title={service.overTime}
      hint={service.overTimeHint}
      table={table}
      events={drawn.reduce((sum, { n }) => sum + n, 0)}
      trend={false}
    >
      <Columns
        times={slots}
        step={step}
        series={drawn.map(({ name, series }) => ({ name, label: nameOf(name), values: series }))}
      />
    </Chart>
  );
}
