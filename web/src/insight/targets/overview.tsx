import type { TargetsView } from "../../../../contracts/console/insight.ts";
import { Problem } from "../../console/shell/problem.tsx";
import { Waiting } from "../../console/shell/waiting.tsx";
import { InsightFrame } from "../frame/insight-frame.tsx";
import type { FilterName } from "../frame/range.ts";
import { useInsightTexts } from "../frame/texts.ts";
import { useInsight } from "../frame/use-insight.ts";
import { ObjectiveList } from "./objective-list.tsx";
import { Received } from "./received.tsx";
import { Stages } from "./stages.tsx";

/** Labels that durations are kept by. */
export const TARGET_FILTERS = ["intent", "model", "rung"] as const satisfies FilterName[];

/** All targets, the tightest first; where turns spend their time; how much there was to do. */
export function Overview() {
  const { targets, frame } = useInsightTexts();
  const { data, error, mutate } = useInsight<TargetsView>("targets");
  return (
    <InsightFrame page="targets" intro={targets.intro} filters={TARGET_FILTERS} head={data?.head ?? null}>
      {error && <Problem error={error} words={frame.errors} onRetry={() => mutate()} />}
      {!data && !error && <Waiting />}
      {data && (
        <>
          <ObjectiveList objectives={data.objectives} />
          <div className="insight-grid">
            <Stages stages={data.stages} />
            <Received view={data} />
          </div>
        </>
      )}
    </InsightFrame>
  );
}
