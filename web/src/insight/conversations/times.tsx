import { useMemo } from "react";
import type { ConversationsView } from "../../../../contracts/console/conversations.ts";
import type { Percentiles } from "../../../../contracts/console/insight.ts";
import { usePage } from "../../shared/page.tsx";
import { textFor } from "../../texts/texts.ts";
import { Bars } from "../charts/bars.tsx";
import { Chart } from "../charts/chart.tsx";
import { Lines } from "../charts/lines.tsx";
import { largest } from "../charts/scale.ts";
import { cell, type Table } from "../charts/table.ts";
import { useFigures } from "../frame/formats.ts";
import { useInsightTexts } from "../frame/texts.ts";
import { useCells, useLength, useSlotTable } from "./slot-table.ts";
import { useUnfiltered } from "./unfiltered.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const NAMES = ["p50", "p95"] as const;

interface Props {
  view: ConversationsView;
}

/** From a handoff until a person took it, by slot. */
export function FirstResponse({ view }: Props) {
  const { conversations: words } = useInsightTexts();
  return (
    <Durations
      view={view}
      title={words.firstResponse}
      hint={words.firstResponseHint}
      times={view.firstResponse}
    />
  );
}

/** How long conversations went on, by slot. */
export function Resolution({ view }: Props) {
  const { conversations: words } = useInsightTexts();
  return (
    <Durations view={view} title={words.resolution} hint={words.resolutionHint} times={view.resolution} />
  );
}

interface DurationsProps extends Props {
  title: string;
  hint: string;
  times: { all: Percentiles; series: readonly Percentiles[] };
}

function Durations({ view, title, hint, times: { all, series } }: DurationsProps) {
  const { conversations: words } = useInsightTexts();
  const unfiltered = useUnfiltered();
  const { locale } = usePage();
  const { count, length } = useCells();
  // In minutes or hours, whose ticks are round.
  const mostMs = largest(series.flatMap(({ p50, p95 }) => [p50 ?? 0, p95 ?? 0]));
  const [unit, unitMs] =
    mostMs > 2 * HOUR_MS ? (["hour", HOUR_MS] as const) : (["minute", MINUTE_MS] as const);
  const written = new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "short" });
  const lines = useMemo(
    () =>
      NAMES.map((name) => ({
        name,
        label: name,
        values: series.map(({ [name]: ms }) => (ms === null ? null : ms / unitMs)),
      })),
    [series, unitMs],
  );
  const table = useSlotTable(view, [words.count, ...NAMES], (place) => [
    count(series[place]?.count ?? 0),
    ...NAMES.map((name) => length(series[place]?.[name] ?? null)),
  ]);
  return (
    <Chart title={title} hint={`${hint} ${unfiltered}`} table={table} events={all.count}>
      <Lines
        times={view.slots}
        step={view.head.range.step}
        series={lines}
        format={(value) => written.format(value)}
      />
    </Chart>
  );
}

/** How long conversations went on, by who served. */
export function ResolutionBy({ view: { resolution } }: Props) {
  const { conversations: words } = useInsightTexts();
  const unfiltered = useUnfiltered();
  const figures = useFigures();
  const lengthOf = useLength();
  const { count, length } = useCells();
  const nameOf = (name: string) => textFor(words.served, name) ?? name;
  const table: Table = {
    columns: [words.resolutionBy, words.count, ...NAMES],
    rows: resolution.by.map(({ name, percentiles }) => [
      cell(nameOf(name)),
      count(percentiles.count),
      ...NAMES.map((each) => length(percentiles[each])),
    ]),
  };
  return (
    <Chart
      title={words.resolutionBy}
      hint={`${words.resolutionHint} ${unfiltered}`}
      table={table}
      events={resolution.all.count}
      trend={false}
    >
      <Bars
        bars={resolution.by.map(({ name, percentiles: { p50, count: n } }) => ({
          ...{ name, label: nameOf(name), value: p50 ?? 0, words: `p50 ${lengthOf(p50)}` },
          note: words.conversations(n, figures.count(n)),
        }))}
      />
    </Chart>
  );
}
