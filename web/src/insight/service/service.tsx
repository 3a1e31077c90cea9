import "./service.css";
import type { ServiceView } from "../../../../contracts/console/insight.ts";
import { Problem } from "../../console/shell/problem.tsx";
import { Waiting } from "../../console/shell/waiting.tsx";
import { InsightFrame } from "../frame/insight-frame.tsx";
import { useInsightTexts } from "../frame/texts.ts";
import { useInsight } from "../frame/use-insight.ts";
import { Anomalies } from "./anomalies.tsx";
import { AnomaliesOverTime } from "./anomalies-over-time.tsx";
import { Counts } from "./counts.tsx";
import { Dependencies } from "./dependencies.tsx";
import { Failures } from "./failures.tsx";
import { Guesses } from "./guesses.tsx";
import { QueueNow } from "./queue-now.tsx";

/** How the service did: what went other than planned, who waits now, failures, dependencies. */
export default function Service() {
  const { service, frame } = useInsightTexts();
  const { data, error, mutate } = useInsight<ServiceView>("service");
  return (
    <InsightFrame page="service" intro={service.intro} head={data?.head ?? null}>
      {error && <Problem error={error} words={frame.errors} onRetry={() => mutate()} />}
      {!data && !error && <Waiting />}
      {data && <Shown view={data} />}
    </InsightFrame>
  );
}

function Shown({ view }: { view: ServiceView }) {
  const { service } = useInsightTexts();
  const states = view.sent.map(({ state, n }) => ({ name: state, n }));
  const errors = view.errors.map(({ code, n }) => ({ name: code, n }));
  return (
    <>
      <QueueNow queue={view.queue} />
      <Anomalies anomalies={view.anomalies} />
      <AnomaliesOverTime view={view} />
      <Failures failures={view.failures} />
      <div className="insight-grid">
        <Counts title={service.sent} hint={service.sentHint} counts={states} words={service.states} />
        <Counts title={service.errors} hint={service.errorsHint} counts={errors} words={{}} />
      </div>
      <Guesses />
      <Dependencies view={view} />
    </>
  );
}
