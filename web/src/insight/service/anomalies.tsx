import type { ServiceView } from "../../../../contracts/console/insight.ts";
import { textFor } from "../../texts/texts.ts";
import { Sparkline } from "../charts/sparkline.tsx";
import { useFigures } from "../frame/formats.ts";
import { useInsightTexts } from "../frame/texts.ts";

/** Grave from the first on; others are normal in small numbers. */
const GRAVE: ReadonlySet<string> = new Set(["dead"]);

/** Anomalies with what each means and when to look. */
export function Anomalies({ anomalies }: { anomalies: ServiceView["anomalies"] }) {
  const { service } = useInsightTexts();
  return (
    <section className="card" aria-labelledby="service-anomalies">
      <header>
        <h2 id="service-anomalies">{service.anomalies}</h2>
      </header>
      <p className="hint">{service.anomaliesHint}</p>
      <ul className="anomalies">
        {anomalies.map((anomaly) => (
          <Anomaly key={anomaly.name} anomaly={anomaly} />
        ))}
      </ul>
    </section>
  );
}

function Anomaly({ anomaly: { name, n, series } }: { anomaly: ServiceView["anomalies"][number] }) {
  const { service } = useInsightTexts();
  const figures = useFigures();
  const grave = n > 0 && GRAVE.has(name);
  return (
    <li className="anomaly" data-grave={grave}>
      <b className="number">
        {grave && <span aria-hidden="true">▲ </span>}
        {figures.count(n)}
      </b>
      <div>
        <h3>{textFor(service.anomalyNames, name) ?? name}</h3>
        <p>{textFor(service.anomalyWords, name)}</p>
      </div>
      <span className="anomaly-trend">{n > 0 && <Sparkline values={series} />}</span>
    </li>
  );
}
