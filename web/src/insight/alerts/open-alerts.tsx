import type { AlertsView, ShownAlert } from "../../../../contracts/console/alerts.ts";
import { usePage } from "../../shared/page.tsx";
import { useInsightTexts } from "../frame/texts.ts";
import { useAlertWords } from "./words.ts";

/** Alerts that are open, the gravest first, and when somebody looked last. */
export function OpenAlerts({ view: { open, ranMs } }: { view: AlertsView }) {
  const { alerts } = useInsightTexts();
  const { formats } = usePage();
  const checked = ranMs === null ? alerts.never : alerts.checked(formats.span(Date.now() - ranMs));
  return (
    <section className="card alerts-open" aria-labelledby="alerts-open">
      <header>
        <h2 id="alerts-open">{alerts.open}</h2>
        <p>{checked}</p>
      </header>
      {open.length === 0 ? (
        <p className="alerts-none">
          <span aria-hidden="true">✓ </span>
          {alerts.none}
        </p>
      ) : (
        <ul>
          {open.map((alert) => (
            <OpenAlert key={alert.id} alert={alert} />
          ))}
        </ul>
      )}
    </section>
  );
}

function OpenAlert({ alert }: { alert: ShownAlert }) {
  const { alerts } = useInsightTexts();
  const { formats } = usePage();
  const words = useAlertWords();
  const { severity, openedMs, toldMs, runbookUrl } = alert;
  return (
    <li className="alert" data-severity={severity}>
      <SeverityMark severity={severity} />
      <div>
        <h3>{words.title(alert)}</h3>
        <p>{words.detail(alert)}</p>
        <p className="alert-when">
          <time dateTime={new Date(openedMs).toISOString()}>
            {alerts.since(formats.span(Date.now() - openedMs))}
          </time>{" "}
          · {toldMs === null ? alerts.untold : alerts.told(formats.time(toldMs))}
        </p>
      </div>
      {runbookUrl && (
        <a
          href={runbookUrl}
          target="_blank"
          rel="noreferrer"
          className="alert-act"
          aria-label={`${alerts.whatToDo}: ${words.title(alert)}`}
        >
          {alerts.whatToDo}
        </a>
      )}
    </li>
  );
}

/** How grave it is, by a sign and in words. */
export function SeverityMark({ severity }: Pick<ShownAlert, "severity">) {
  const { alerts } = useInsightTexts();
  return (
    <span className="alert-severity" data-severity={severity}>
      <span aria-hidden="true">{severity === "page" ? "▲ " : "◔ "}</span>
      {alerts.severity[severity]}
    </span>
  );
}
