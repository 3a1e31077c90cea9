import "./target.css";
import { Link } from "wouter";
import type { TargetView } from "../../../../contracts/console/insight.ts";
import { useTenant } from "../../console/client/session.tsx";
import { Problem } from "../../console/shell/problem.tsx";
import { Waiting } from "../../console/shell/waiting.tsx";
import { InsightFrame } from "../frame/insight-frame.tsx";
import { insightHref } from "../frame/sub-nav.tsx";
import { useInsightTexts } from "../frame/texts.ts";
import { useInsight } from "../frame/use-insight.ts";
import { useRange } from "../frame/use-range.ts";
import { Groups } from "./groups.tsx";
import { CostOverTime, PercentilesOverTime, SharesOverTime } from "./over-time.tsx";
import { TARGET_FILTERS } from "./overview.tsx";
import { ThreeNumbers } from "./three-numbers.tsx";
import { useObjectiveWords } from "./words.ts";
import { Worst } from "./worst.tsx";

/** One target: three big numbers, how it went over time, what it depends on, and its worst turns. */
export function Target({ name }: { name: string }) {
  const { targets, frame } = useInsightTexts();
  const { tenantId } = useTenant();
  const { query } = useRange();
  const { data, error, mutate } = useInsight<TargetView>(`targets/${encodeURIComponent(name)}`);
  const words = useObjectiveWords();
  // While the figures of another target are still on the page.
  const view = data?.objective.name === name ? data : null;
  return (
    <InsightFrame
      page="targets"
      {...(view ? { title: words.name(view.objective) } : {})}
      intro={view ? targets.what[view.objective.name] : targets.intro}
      filters={TARGET_FILTERS}
      head={view?.head ?? null}
    >
      <Link className="target-back" href={`${insightHref(tenantId, "targets")}${query ? `?${query}` : ""}`}>
        ← {targets.back}
      </Link>
      {error && <Problem error={error} words={frame.errors} onRetry={() => mutate()} />}
      {!view && !error && <Waiting />}
      {view && <Details view={view} />}
    </InsightFrame>
  );
}

function Details({ view }: { view: TargetView }) {
  const { frame } = useInsightTexts();
  const { objective } = view;
  return (
    <>
      {!objective.filtered && <p className="hint">{frame.unfiltered}</p>}
      <ThreeNumbers objective={objective} />
      <div className="insight-grid">
        {objective.range.percentiles && <PercentilesOverTime view={view} />}
        {objective.name === "cost" ? <CostOverTime view={view} /> : <SharesOverTime view={view} />}
      </div>
      <Groups view={view} />
      <Worst objective={objective} step={view.head.range.step} />
    </>
  );
}
