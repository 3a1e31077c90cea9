import { useMemo } from "react";
import type { TargetsView } from "../../../../contracts/console/insight.ts";
import { Chart } from "../charts/chart.tsx";
import { Columns } from "../charts/columns.tsx";
import { largest } from "../charts/scale.ts";
import { cell, type Table } from "../charts/table.ts";
import { useFigures } from "../frame/formats.ts";
import { useInsightTexts } from "../frame/texts.ts";

/** How much there was to do. */
export function Received({ view: { slots, received, head } }: { view: TargetsView }) {
  const { targets, frame } = useInsightTexts();
  const figures = useFigures();
  const { step } = head.range;
  const most = largest(received);
  const busiest = slots[received.indexOf(most)];
  const table = useMemo(
    (): Table => ({
      columns: [frame.chart.time, targets.received],
      rows: slots.map((at, place) => {
        const n = received[place] ?? 0;
        return [cell(figures.slot(at, step), new Date(at).toISOString()), cell(figures.count(n), n)];
      }),
    }),
    [slots, received, step, figures, targets, frame],
  );
  return (
    <Chart
      title={targets.received}
      hint={
        most > 0 && busiest !== undefined && targets.busiest(figures.count(most), figures.slot(busiest, step))
      }
      table={table}
      events={head.events}
    >
      <Columns
        times={slots}
        step={step}
        series={[{ name: "received", label: targets.received, values: received }]}
      />
    </Chart>
  );
}
