import "./groups.css";
import { useMemo } from "react";
import type { ObjectiveGroup, ObjectiveView, TargetView } from "../../../../contracts/console/insight.ts";
import { Chart } from "../charts/chart.tsx";
import { cell, type Table } from "../charts/table.ts";
import { NONE, useFigures } from "../frame/formats.ts";
import { useLabelWords } from "../frame/label-words.ts";
import { useInsightTexts } from "../frame/texts.ts";
import { useRange } from "../frame/use-range.ts";
import { useObjectiveWords } from "./words.ts";

/** How the objective was met by intent, model, level and number. */
export function Groups({ view: { groups, objective } }: { view: TargetView }) {
  return (
    <div className="insight-grid narrow">
      {groups.map((group) => (
        <Group key={group.by} group={group} objective={objective} />
      ))}
    </div>
  );
}

interface Props {
  group: ObjectiveGroup;
  objective: ObjectiveView;
}

function Group({ group: { by, rows }, objective }: Props) {
  const { targets } = useInsightTexts();
  const title = targets.groups[by];
  const table = useGroupTable({ group: { by, rows }, objective });
  return (
    <Chart title={title} table={table} events={rows.length} trend={false} visible>
      <ol className="group-rows">
        {rows.map((row) => (
          <Row key={row.name} by={by} row={row} objective={objective} />
        ))}
      </ol>
    </Chart>
  );
}

function Row({
  by,
  row,
  objective,
}: {
  by: ObjectiveGroup["by"];
  row: ObjectiveGroup["rows"][number];
  objective: ObjectiveView;
}) {
  const { targets } = useInsightTexts();
  const figures = useFigures();
  const words = useObjectiveWords();
  const label = useLabelWords();
  const { params, setFilter } = useRange();
  const { name, measure } = row;
  const shown = by === "number" ? name : label(by, name);
  const chosen = params.get(by) === name;
  // Labels are of turns: messages have none.
  const split = { ...objective, per: by === "number" ? objective.per : ("turns" as const) };
  return (
    <li className="group-row">
      {by === "number" || name === "" ? (
        <span>{shown}</span>
      ) : (
        <button
          type="button"
          className="group-name"
          aria-pressed={chosen}
          title={targets.showOnly(shown)}
          onClick={() => setFilter(by, chosen ? "" : name)}
        >
          {shown}
        </button>
      )}
      <span className="group-figure number">
        <b>{words.figure(objective, measure)}</b>
        <small>{words.behind(split, measure)}</small>
      </span>
      {measure.percentiles && (
        <span className="group-p95 number">p95 {figures.duration(measure.percentiles.p95)}</span>
      )}
    </li>
  );
}

function useGroupTable({ group: { by, rows }, objective }: Props): Table {
  const { targets } = useInsightTexts();
  const figures = useFigures();
  const label = useLabelWords();
  const isCost = objective.name === "cost";
  return useMemo(() => {
    const columns = isCost ? [targets.big.spent] : [targets.columns.within, "p50", "p95", "p99"];
    return {
      columns: [targets.groups[by], targets.groupColumns.count, ...columns],
      rows: rows.map(({ name, measure: { share, percentiles, usd } }) => {
        const durations = [percentiles?.p50, percentiles?.p95, percentiles?.p99].map((ms) =>
          ms == null ? cell(NONE, null) : cell(figures.duration(ms), Math.round(ms)),
        );
        return [
          cell(by === "number" ? name : label(by, name), name),
          cell(figures.count(share.all), share.all),
          ...(isCost
            ? [cell(figures.usd(usd), usd)]
            : [cell(figures.share(share.share), share.share), ...durations]),
        ];
      }),
    };
  }, [by, rows, isCost, targets, figures, label]);
}
