import "./money.css";
import type { MoneyView } from "../../../../contracts/console/money.ts";
import { Problem } from "../../console/shell/problem.tsx";
import { Waiting } from "../../console/shell/waiting.tsx";
import { InsightFrame } from "../frame/insight-frame.tsx";
import { useInsightTexts } from "../frame/texts.ts";
import { useInsight } from "../frame/use-insight.ts";
import { Fees } from "./fees.tsx";
import { Month } from "./month.tsx";
import { OverTime } from "./over-time.tsx";
import { Prices } from "./prices/prices.tsx";
import { Helpers, Numbers, Spending } from "./spending.tsx";
import { Splitting } from "./splitting.tsx";
import { Summary } from "./summary.tsx";

/** What was spent, on what, what the month may come to, and Meta's prices. */
export default function Money() {
  const { money, frame } = useInsightTexts();
  const { data, error, mutate } = useInsight<MoneyView>("money");
  return (
    <InsightFrame page="money" intro={money.intro} head={data?.head ?? null}>
      {error && <Problem error={error} words={frame.errors} onRetry={() => mutate()} />}
      {!data && !error && <Waiting />}
      {data && <Shown view={data} />}
      <Prices onChange={() => mutate()} />
    </InsightFrame>
  );
}

function Shown({ view }: { view: MoneyView }) {
  const { money } = useInsightTexts();
  return (
    <>
      <Summary view={view} />
      <Month month={view.month} />
      <OverTime view={view} />
      <div className="insight-grid">
        <Spending title={money.byModel} hint={money.byModelHint} label="model" rows={view.byModel} />
        <Spending title={money.byIntent} label="intent" rows={view.byIntent} />
      </div>
      {view.byNumber.length > 0 && <Numbers rows={view.byNumber} />}
      <Fees view={view} />
      <div className="insight-grid">
        <Splitting splitting={view.splitting} />
        <Helpers view={view} />
      </div>
    </>
  );
}
