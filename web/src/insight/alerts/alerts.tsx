import "./alerts.css";
import type { AlertsView } from "../../../../contracts/console/alerts.ts";
import { Problem } from "../../console/shell/problem.tsx";
import { Waiting } from "../../console/shell/waiting.tsx";
import { InsightFrame } from "../frame/insight-frame.tsx";
import { useInsightTexts } from "../frame/texts.ts";
import { useInsight } from "../frame/use-insight.ts";
import { Budgets } from "./budgets.tsx";
import { OpenAlerts } from "./open-alerts.tsx";
import { PastAlerts } from "./past-alerts.tsx";

/** What needs somebody now, how fast error budgets are spent, and what is over. */
export default function Alerts() {
  const { alerts, frame } = useInsightTexts();
  const { data, error, mutate } = useInsight<AlertsView>("alerts");
  return (
    <InsightFrame page="alerts" intro={alerts.intro} ofNow head={data?.head ?? null}>
      {error && <Problem error={error} words={frame.errors} onRetry={() => mutate()} />}
      {!data && !error && <Waiting />}
      {data && (
        <>
          <OpenAlerts view={data} />
          <Budgets view={data} />
          <PastAlerts alerts={data.recovered} />
        </>
      )}
    </InsightFrame>
  );
}
