import { useMemo } from "react";
import type { TargetsView } from "../../../../contracts/console/insight.ts";
import { usePage } from "../../shared/page.tsx";
import { textFor } from "../../texts/texts.ts";
import { Bars } from "../charts/bars.tsx";
import { Chart } from "../charts/chart.tsx";
import { largest } from "../charts/scale.ts";
import { cell, type Table } from "../charts/table.ts";
import { useFigures } from "../frame/formats.ts";
import { useInsightTexts } from "../frame/texts.ts";

/** Where turns spend their time, stage by stage. */
export function Stages({ stages }: { stages: TargetsView["stages"] }) {
  const { targets } = useInsightTexts();
  const figures = useFigures();
  const nameOf = useStageNames();
  const table = useMemo(
    (): Table => ({
      columns: [targets.stages, targets.groupColumns.count, "p50", "p95", "p99"],
      rows: stages.map(({ name, percentiles: { count, p50, p95, p99 } }) => [
        cell(nameOf(name)),
        cell(figures.count(count), count),
        ...[p50, p95, p99].map((ms) => cell(figures.duration(ms), ms === null ? null : Math.round(ms))),
      ]),
    }),
    [stages, targets, figures, nameOf],
  );
  const bars = stages.map(({ name, percentiles: { p50, p95 } }) => ({
    name,
    label: nameOf(name),
    value: p50 ?? 0,
    words: figures.duration(p50),
    note: `p95 ${figures.duration(p95)}`,
    ...(p95 === null ? {} : { mark: p95 }),
  }));
  return (
    <Chart
      title={targets.stages}
      hint={targets.stagesHint}
      table={table}
      events={largest(stages.map(({ percentiles }) => percentiles.count))}
      trend={false}
    >
      <Bars bars={bars} />
    </Chart>
  );
}

/** Words for a stage of a turn; a tool's has the tool's name. */
function useStageNames(): (name: string) => string {
  const { texts } = usePage();
  const { targets } = useInsightTexts();
  return useMemo(
    () => (name: string) => {
      if (name.startsWith("tool:")) return `${texts.turn.tool} ${name.slice("tool:".length)}`;
      return textFor(targets.stageNames, name) ?? textFor(texts.turn.stages, name) ?? name;
    },
    [texts, targets],
  );
}
