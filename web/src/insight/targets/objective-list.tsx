import "./objective-list.css";
import { Link, useSearchParams } from "wouter";
import type { ObjectiveName, TargetsView } from "../../../../contracts/console/insight.ts";
import { useTenant } from "../../console/client/session.tsx";
import { FEW_EVENTS } from "../charts/chart.tsx";
import { Sparkline } from "../charts/sparkline.tsx";
import { useFigures } from "../frame/formats.ts";
import { askedQuery } from "../frame/range.ts";
import { insightHref } from "../frame/sub-nav.tsx";
import { useInsightTexts } from "../frame/texts.ts";
import { Budget } from "./budget.tsx";
import { useObjectiveWords } from "./words.ts";

/** Names of figures that are no share of durations. */
const FIGURE: Partial<Record<ObjectiveName, "spent" | "answered">> = {
  cost: "spent",
  availability: "answered",
};

type Objective = TargetsView["objectives"][number];

/** Every target in one line: what is promised, how it went, what is left. */
export function ObjectiveList({ objectives }: { objectives: readonly Objective[] }) {
  const { targets } = useInsightTexts();
  return (
    <ol className="objectives" aria-label={targets.list}>
      {objectives.map((objective) => (
        <Row key={objective.name} objective={objective} />
      ))}
    </ol>
  );
}

function Row({ objective }: { objective: Objective }) {
  const { targets, frame } = useInsightTexts();
  const { tenantId } = useTenant();
  const [params] = useSearchParams();
  const words = useObjectiveWords();
  const { range, remaining, filtered, trend, limit, name } = objective;
  const query = askedQuery(params);
  return (
    <li className="objective">
      <div className="objective-name">
        <h2>
          <Link href={`${insightHref(tenantId, "targets")}/${name}${query ? `?${query}` : ""}`}>
            {words.name(objective)}
          </Link>
        </h2>
        <p>{words.promise(objective)}</p>
        {!filtered && <p className="objective-unfiltered">{frame.unfiltered}</p>}
      </div>
      <Durations objective={objective} />
      <dl className="objective-within">
        <dt>{targets.big[FIGURE[name] ?? "within"]}</dt>
        <dd className="number">
          <b>{words.figure(objective, range)}</b>
          <small>{words.behind(objective, range)}</small>
        </dd>
      </dl>
      <div className="objective-trend">
        {range.share.all >= FEW_EVENTS && (
          <Sparkline values={trend} {...(limit === null ? {} : { target: limit })} />
        )}
      </div>
      <dl className="objective-budget">
        <dt>{name === "cost" ? targets.big.money : targets.columns.budget}</dt>
        <dd>
          <Budget remaining={remaining} />
        </dd>
      </dl>
    </li>
  );
}

function Durations({ objective: { range } }: { objective: Objective }) {
  const figures = useFigures();
  if (range.percentiles === null) return <div className="objective-durations" />;
  const { p50, p95, p99 } = range.percentiles;
  return (
    <dl className="objective-durations">
      {Object.entries({ p50, p95, p99 }).map(([name, ms]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className="number">{figures.duration(ms)}</dd>
        </div>
      ))}
    </dl>
  );
}
