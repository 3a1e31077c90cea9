import "../../shared/top-bar.css";
import "./ratings.css";
import { useState } from "react";
import { Link } from "wouter";
import type { CsatSummary } from "../../../../contracts/console/settings.ts";
import { useMay, useTenant } from "../client/session.tsx";
import { useTenantApi } from "../client/use-api.ts";
import { PageFrame } from "../shell/page-frame.tsx";
import { pageHref } from "../shell/pages.ts";
import { Problem } from "../shell/problem.tsx";
import { useTexts } from "../shell/texts.ts";
import { Waiting } from "../shell/waiting.tsx";
import { Groups, NotAsked } from "./rating-groups.tsx";
import { Scores, Totals } from "./rating-scores.tsx";

const PERIODS = [7, 30, 90] as const;

/** What customers said of the service. */
export default function Ratings() {
  const { shell, settings } = useTexts();
  const [days, setDays] = useState<number>(30);
  const { data, error, mutate } = useTenantApi<CsatSummary>(`/csat?days=${days}`, { keepPreviousData: true });
  const periods = (
    <fieldset className="switch">
      <legend className="unseen">{settings.ratings.period}</legend>
      {PERIODS.map((each) => (
        <button key={each} type="button" aria-pressed={days === each} onClick={() => setDays(each)}>
          {settings.ratings.days(each)}
        </button>
      ))}
    </fieldset>
  );
  return (
    <PageFrame title={shell.pages.ratings} intro={settings.ratings.intro} actions={periods}>
      {error && <Problem error={error} onRetry={() => mutate()} />}
      {!data && !error && <Waiting />}
      {data && data.asked === 0 && data.answered === 0 && <Empty />}
      {data && data.answered + data.asked > 0 && (
        <>
          <Totals summary={data} />
          <Scores scores={data.scores} />
          <Groups groups={data.groups} />
        </>
      )}
      {data && <NotAsked reasons={data.notAsked} />}
    </PageFrame>
  );
}

function Empty() {
  const { shell, settings } = useTexts();
  const { tenantId } = useTenant();
  const isOwner = useMay("owner");
  return (
    <div className="card empty">
      <p>{settings.ratings.none}</p>
      {isOwner && <Link href={pageHref(tenantId, "settings")}>{shell.pages.settings}</Link>}
    </div>
  );
}
