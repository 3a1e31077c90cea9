import { useMemo } from "react";
import type { ObjectiveMeasure, TargetView } from "../../../../contracts/console/insight.ts";
import { Chart } from "../charts/chart.tsx";
import { Columns } from "../charts/columns.tsx";
import { Lines } from "../charts/lines.tsx";
import { cell, type Table, type TableCell } from "../charts/table.ts";
import { useFigures } from "../frame/formats.ts";
import { useInsightTexts } from "../frame/texts.ts";
import { PointButton, usePoint } from "./point.tsx";

const NAMES = ["p50", "p95", "p99"] as const;

interface Props {
  view: TargetView;
}

/** Percentiles by slot, with the target as a line across. */
export function PercentilesOverTime({ view: { objective, series, slots, head } }: Props) {
  const { targets, frame } = useInsightTexts();
  const figures = useFigures();
  const { setPoint } = usePoint();
  const lines = useMemo(
    () =>
      NAMES.map((name) => ({
        name,
        label: name,
        values: series.map(({ percentiles }) => percentiles?.[name] ?? null),
      })),
    [series],
  );
  const table = useSlotTable({ slots, series, step: head.range.step }, [...NAMES], ({ percentiles }) =>
    NAMES.map((name) => {
      const ms = percentiles?.[name] ?? null;
      return cell(figures.duration(ms), ms === null ? null : Math.round(ms));
    }),
  );
  const { limit } = objective;
  return (
    <Chart
      title={targets.percentiles}
      hint={targets.percentilesHint}
      table={table}
      events={objective.range.share.all}
    >
      <Lines
        times={slots}
        step={head.range.step}
        series={lines}
        format={figures.duration}
        {...(limit === null
          ? {}
          : { target: { value: limit, label: frame.chart.target(figures.duration(limit)) } })}
        onPoint={setPoint}
      />
    </Chart>
  );
}

/** What was within the target and what was not, by slot. */
export function SharesOverTime({ view: { objective, series, slots, head } }: Props) {
  const { targets } = useInsightTexts();
  const figures = useFigures();
  const { setPoint } = usePoint();
  const answers = objective.name === "availability";
  const [good, bad] = answers ? [targets.answered, targets.unanswered] : [targets.good, targets.bad];
  const table = useSlotTable(
    { slots, series, step: head.range.step },
    [good, bad, targets.columns.within],
    ({ share }) => [
      cell(figures.count(share.good), share.good),
      cell(figures.count(share.all - share.good), share.all - share.good),
      cell(figures.share(share.share), share.share),
    ],
  );
  return (
    <Chart title={targets.shares} hint={targets.sharesHint} table={table} events={objective.range.share.all}>
      <Columns
        times={slots}
        step={head.range.step}
        series={[
          { name: "good", look: "good", label: good, values: series.map(({ share }) => share.good) },
          { name: "bad", look: "bad", label: bad, values: series.map(({ share }) => share.all - share.good) },
        ]}
        onPoint={setPoint}
      />
    </Chart>
  );
}

/** Cost of 1,000 messages by slot. */
export function CostOverTime({ view: { objective, series, slots, head } }: Props) {
  const { targets, frame } = useInsightTexts();
  const figures = useFigures();
  const { setPoint } = usePoint();
  const lines = useMemo(
    () => [{ name: "cost", label: targets.big.spent, values: series.map(({ usd }) => usd) }],
    [series, targets],
  );
  const table = useSlotTable({ slots, series, step: head.range.step }, [targets.big.spent], ({ usd }) => [
    cell(figures.usd(usd), usd),
  ]);
  const { limit } = objective;
  return (
    <Chart title={targets.cost} table={table} events={objective.range.share.all}>
      <Lines
        times={slots}
        step={head.range.step}
        series={lines}
        format={figures.usd}
        {...(limit === null
          ? {}
          : { target: { value: limit, label: frame.chart.target(figures.usd(limit)) } })}
        onPoint={setPoint}
      />
    </Chart>
  );
}

type Slots = Pick<TargetView, "slots" | "series"> & { step: TargetView["head"]["range"]["step"] };

/** Slots that had events, with a button to their worst turns. */
function useSlotTable(
  { slots, series, step }: Slots,
  columns: readonly string[],
  cellsOf: (measure: ObjectiveMeasure) => TableCell[],
): Table {
  const { targets, frame } = useInsightTexts();
  const figures = useFigures();
  return {
    columns: [frame.chart.time, ...columns, targets.worst],
    rows: slots.flatMap((at, place) => {
      const measure = series[place];
      if (!measure || measure.share.all === 0) return [];
      const act = { text: "", value: null, act: <PointButton at={at} /> };
      return [[cell(figures.slot(at, step), new Date(at).toISOString()), ...cellsOf(measure), act]];
    }),
  };
}
