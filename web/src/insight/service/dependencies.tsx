import type { DependencyHealth, ServiceView } from "../../../../contracts/console/insight.ts";
import { textFor } from "../../texts/texts.ts";
import { Chart } from "../charts/chart.tsx";
import { cell, type Table } from "../charts/table.ts";
import { useFigures } from "../frame/formats.ts";
import { useInsightTexts } from "../frame/texts.ts";
import { HealthStrip } from "./health-strip.tsx";

/** Health of cache, database, model and Graph over time. */
export function Dependencies({ view: { health, slots, head } }: { view: ServiceView }) {
  const { service, frame } = useInsightTexts();
  const figures = useFigures();
  const { step } = head.range;
  const nameOf = ({ name }: DependencyHealth) => textFor(service.dependencies, name) ?? name;
  const table: Table = {
    columns: [frame.chart.time, ...health.map(nameOf)],
    rows: slots.flatMap((at, place) => {
      const shares = health.map(({ series }) => series[place] ?? null);
      if (shares.every((share) => share === null)) return [];
      const cells = shares.map((share) => cell(figures.share(share), share));
      return [[cell(figures.slot(at, step), new Date(at).toISOString()), ...cells]];
    }),
  };
  const checks = health.reduce((sum, each) => sum + each.checks.all, 0);
  return (
    <Chart
      title={service.health}
      hint={service.healthHint}
      table={table}
      events={checks}
      trend={false}
      visible
    >
      <ul className="dependencies">
        {health.map((each) => (
          <Dependency key={each.name} health={each} name={nameOf(each)} />
        ))}
      </ul>
    </Chart>
  );
}

function Dependency({
  health: { checks, percentiles, series },
  name,
}: {
  health: DependencyHealth;
  name: string;
}) {
  const { service, frame } = useInsightTexts();
  const figures = useFigures();
  const bad = checks.all - checks.good;
  return (
    <li className="dependency">
      <h3>{name}</h3>
      <HealthStrip series={series} />
      <p className="number" data-bad={bad > 0}>
        {checks.all === 0 ? (
          service.noChecks
        ) : (
          <>
            <b>
              <span aria-hidden="true">{bad > 0 ? "▲ " : "✓ "}</span>
              {figures.share(checks.share)}
            </b>{" "}
            {frame.chart.of(figures.count(checks.good), figures.count(checks.all))} · p95{" "}
            {figures.duration(percentiles.p95)}
          </>
        )}
      </p>
    </li>
  );
}
