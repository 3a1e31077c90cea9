import type { ShownAlert } from "../../../../contracts/console/alerts.ts";
import { usePage } from "../../shared/page.tsx";
import { Chart } from "../charts/chart.tsx";
import { cell, type Table } from "../charts/table.ts";
import { useFigures } from "../frame/formats.ts";
import { useInsightTexts } from "../frame/texts.ts";
import { SeverityMark } from "./open-alerts.tsx";
import { useAlertWords } from "./words.ts";

/** Alerts that are over, with how long they lasted. */
export function PastAlerts({ alerts: past }: { alerts: readonly ShownAlert[] }) {
  const { alerts } = useInsightTexts();
  const { formats } = usePage();
  const figures = useFigures();
  const words = useAlertWords();
  const lasted = ({ openedMs, recoveredMs }: ShownAlert) => (recoveredMs ?? openedMs) - openedMs;
  const table: Table = {
    columns: [alerts.when, alerts.lasted, alerts.what],
    rows: past.map((alert) => [
      cell(figures.slot(alert.openedMs, "minute"), new Date(alert.openedMs).toISOString()),
      cell(formats.span(lasted(alert)), lasted(alert)),
      cell(words.title(alert)),
    ]),
  };
  if (past.length === 0)
    return (
      <section className="card alerts-open" aria-labelledby="alerts-past">
        <h2 id="alerts-past">{alerts.past}</h2>
        <p className="alerts-none">{alerts.pastNone}</p>
      </section>
    );
  return (
    <Chart title={alerts.past} table={table} events={past.length} trend={false} visible>
      <ul className="alerts-past">
        {past.map((alert) => (
          <li key={alert.id} className="alert">
            <SeverityMark severity={alert.severity} />
            <div>
              <h3>{words.title(alert)}</h3>
              <p className="alert-when">
                <time dateTime={new Date(alert.openedMs).toISOString()}>
                  {figures.slot(alert.openedMs, "minute")}
                </time>
              </p>
            </div>
            <b className="number">{formats.span(lasted(alert))}</b>
          </li>
        ))}
      </ul>
    </Chart>
  );
}
