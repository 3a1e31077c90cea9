import { Link } from "wouter";
import type { AlertsView, BurnRate, ObjectiveBurn } from "../../../../contracts/console/alerts.ts";
import { useTenant } from "../../console/client/session.tsx";
import { usePage } from "../../shared/page.tsx";
import { useFigures } from "../frame/formats.ts";
import { insightHref } from "../frame/sub-nav.tsx";
import { useInsightTexts } from "../frame/texts.ts";
import { Budget } from "../targets/budget.tsx";

type Rules = AlertsView["rules"];

/** Each objective with how fast its budget is spent in the long windows, and what is left of it. */
export function Budgets({ view }: { view: AlertsView }) {
  const { alerts } = useInsightTexts();
  const { objectives, rules, leastEvents, leastMisses, leastUsd } = view;
  return (
    <section className="card" aria-labelledby="alerts-budgets">
      <h2 id="alerts-budgets">{alerts.budgets}</h2>
      <p className="hint">{alerts.budgetsHint}</p>
      <ul className="burns" aria-labelledby="alerts-budgets">
        {objectives.map((objective) => (
          <Row key={objective.name} objective={objective} rules={rules} />
        ))}
      </ul>
      <details className="burn-rules">
        <summary>{alerts.rules}</summary>
        <ul>
          {rules.map(({ factor, long, short, severity }) => (
            <li key={factor}>
              {alerts.rule(factor, alerts.windows[long], alerts.windows[short], alerts.severity[severity])}
            </li>
          ))}
        </ul>
        <p>{alerts.least(leastEvents, leastMisses, leastUsd)}</p>
      </details>
    </section>
  );
}

function Row({ objective, rules }: { objective: ObjectiveBurn; rules: Rules }) {
  const { alerts, targets } = useInsightTexts();
  const { tenantId } = useTenant();
  const { name, rates, remaining } = objective;
  const longs = rules.flatMap(({ long }) => rates.filter(({ window }) => window === long));
  return (
    <li className="burn">
      <h3>
        <Link href={`${insightHref(tenantId, "targets")}/${name}?range=28d`}>{targets.names[name]}</Link>
      </h3>
      <dl className="burn-rates">
        {longs.map((rate) => (
          <Rate key={rate.window} rate={rate} rules={rules} isMoney={name === "cost"} />
        ))}
      </dl>
      <dl className="burn-left">
        <dt>{alerts.left}</dt>
        <dd>
          <Budget remaining={remaining} />
        </dd>
      </dl>
    </li>
  );
}

interface RateProps {
  rate: BurnRate;
  rules: Rules;
  isMoney: boolean;
}

function Rate({ rate: { window, burn, share }, rules, isMoney }: RateProps) {
  const { alerts } = useInsightTexts();
  const { locale } = usePage();
  const figures = useFigures();
  const rule = rules.find(({ long }) => long === window);
  const isOver = rule !== undefined && burn !== null && burn > rule.factor;
  const over = isOver ? (isMoney ? "ticket" : rule.severity) : null;
  const used = share.all - share.good;
  const rounded = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  return (
    <div data-over={over ?? undefined}>
      <dt>{alerts.windows[window]}</dt>
      <dd className="number">
        <b>
          {over && <span aria-hidden="true">▲ </span>}
          {burn === null ? "–" : alerts.burn(rounded.format(burn))}
        </b>
        <small>
          {share.all === 0
            ? alerts.noEvents
            : isMoney
              ? alerts.spent(figures.usd(used), figures.count(share.all))
              : alerts.missed(figures.count(used), figures.count(share.all))}
        </small>
        {over && <small className="burn-over">{alerts.state[over]}</small>}
      </dd>
    </div>
  );
}
