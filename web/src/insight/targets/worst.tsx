import "./worst.css";
import { Link } from "wouter";
import type { ObjectiveView, WorstTurn, WorstTurns } from "../../../../contracts/console/insight.ts";
import { useTenantApi } from "../../console/client/use-api.ts";
import { useDates } from "../../console/shell/dates.ts";
import { turnHref } from "../../console/shell/pages.ts";
import { Problem } from "../../console/shell/problem.tsx";
import { Waiting } from "../../console/shell/waiting.tsx";
import { usePage } from "../../shared/page.tsx";
import { useFigures } from "../frame/formats.ts";
import { useLabelWords } from "../frame/label-words.ts";
import { useInsightTexts } from "../frame/texts.ts";
import { useRange } from "../frame/use-range.ts";
import { usePoint, WORST_ID } from "./point.tsx";

interface Props {
  objective: ObjectiveView;
  step: "minute" | "hour" | "day";
}

/** The turns behind the figures, each with the way to its own page. */
export function Worst({ objective, step }: Props) {
  const { targets, frame } = useInsightTexts();
  const figures = useFigures();
  const { point, setPoint } = usePoint();
  const { query } = useRange();
  const asked = new URLSearchParams(query);
  if (point !== null) asked.set("at", String(point));
  const { data, error, mutate } = useTenantApi<WorstTurns>(
    `/insight/targets/${objective.name}/worst?${asked}`,
    { keepPreviousData: true, revalidateOnFocus: false },
  );
  return (
    <section className="card worst" id={WORST_ID} tabIndex={-1} aria-labelledby={`${WORST_ID}-title`}>
      <header className="worst-head">
        <h2 id={`${WORST_ID}-title`}>
          {point === null ? targets.worst : targets.worstAt(figures.slot(point, step))}
        </h2>
        {point !== null && (
          <button type="button" className="button small" onClick={() => setPoint(null)}>
            {targets.wholePeriod}
          </button>
        )}
      </header>
      <p className="hint">{targets.worstHints[objective.name] ?? targets.worstHint}</p>
      {error && <Problem error={error} words={frame.errors} onRetry={() => mutate()} />}
      {!data && !error && <Waiting />}
      {data && data.turns.length === 0 && <p className="chart-none">{targets.worstNone}</p>}
      {data && data.turns.length > 0 && <Turns turns={data.turns} isCost={objective.name === "cost"} />}
    </section>
  );
}

function Turns({ turns, isCost }: { turns: readonly WorstTurn[]; isCost: boolean }) {
  return (
    <ol className="worst-turns">
      {turns.map((turn) => (
        <Turn key={turn.turnId} turn={turn} isCost={isCost} />
      ))}
    </ol>
  );
}

function Turn({
  turn: { turnId, tenantId, atMs, ms, intent, model, rung, result, costUsd },
  isCost,
}: {
  turn: WorstTurn;
  isCost: boolean;
}) {
  const { targets } = useInsightTexts();
  const { texts } = usePage();
  const figures = useFigures();
  const dates = useDates();
  const label = useLabelWords();
  const facts = [
    intent === null ? texts.turn.noIntent : label("intent", intent),
    model,
    rung === null || rung === "full" ? null : label("rung", rung),
  ];
  return (
    <li className="worst-turn">
      <Link href={turnHref(tenantId, turnId)} className="worst-link">
        <b className="number">
          {isCost ? figures.usd(costUsd) : ms === null ? targets.gaveUp : figures.duration(ms)}
        </b>
        <span className="number">{dates.moment(atMs)}</span>
        <span className="worst-facts">{facts.filter((fact) => fact !== null).join(" · ")}</span>
        {result === "dead" && ms !== null && <span className="worst-dead">▲ {targets.gaveUp}</span>}
        <span className="worst-open">{targets.openTurn} →</span>
      </Link>
    </li>
  );
}
