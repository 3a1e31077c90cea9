import "./conversations.css";
import type { ConversationsView } from "../../../../contracts/console/conversations.ts";
import { Problem } from "../../console/shell/problem.tsx";
import { Waiting } from "../../console/shell/waiting.tsx";
import { BigNumber, BigNumbers } from "../charts/big-number.tsx";
import { useFigures } from "../frame/formats.ts";
import { InsightFrame } from "../frame/insight-frame.tsx";
import { useInsightTexts } from "../frame/texts.ts";
import { useInsight } from "../frame/use-insight.ts";
import { Containment, ContainmentByIntent, ContainmentOverTime } from "./containment.tsx";
import { Named } from "./named.tsx";
import { Questions } from "./questions.tsx";
import { RatedBy } from "./rated.tsx";
import { useLength } from "./slot-table.ts";
import { FirstResponse, Resolution, ResolutionBy } from "./times.tsx";
import { Intents, People, Volume } from "./volume.tsx";
import { Week } from "./week.tsx";

const FILTERS = ["intent"] as const;

/** What customers want, and how their conversations end. */
export default function Conversations() {
  const { conversations, frame } = useInsightTexts();
  const { data, error, mutate } = useInsight<ConversationsView>("conversations");
  return (
    <InsightFrame
      page="conversations"
      intro={conversations.intro}
      filters={FILTERS}
      head={data?.head ?? null}
    >
      {error && <Problem error={error} words={frame.errors} onRetry={() => mutate()} />}
      {!data && !error && <Waiting />}
      {data && <Shown view={data} onChanged={() => mutate()} />}
    </InsightFrame>
  );
}

function Shown({ view, onChanged }: { view: ConversationsView; onChanged(): void }) {
  const { conversations: words } = useInsightTexts();
  return (
    <>
      <Numbers view={view} />
      <Volume view={view} />
      <div className="insight-grid">
        <Week view={view} />
        <People view={view} />
      </div>
      <Intents view={view} />
      <Containment view={view} onChanged={onChanged} />
      <div className="insight-grid">
        <ContainmentOverTime view={view} />
        <ContainmentByIntent containment={view.containment} />
      </div>
      <Questions />
      <div className="insight-grid">
        <Named title={words.handoffs} hint={words.handoffsHint} label="reason" counts={view.handoffs} />
        <Named title={words.languages} hint={words.languagesHint} label="language" counts={view.languages} />
        <RatedBy csat={view.csat} />
        <FirstResponse view={view} />
        <Resolution view={view} />
        <ResolutionBy view={view} />
      </div>
    </>
  );
}

function Numbers({
  view: { messages, ended, containment, csat, firstResponse },
}: {
  view: ConversationsView;
}) {
  const { conversations, frame } = useInsightTexts();
  const { big } = conversations;
  const figures = useFigures();
  const lengthOf = useLength();
  const sum = (series: readonly number[]) => figures.count(series.reduce((total, n) => total + n, 0));
  const of = ({ good, all }: { good: number; all: number }) =>
    frame.chart.of(figures.count(good), figures.count(all));
  return (
    <BigNumbers>
      <BigNumber label={big.messages} value={sum(messages)} />
      <BigNumber label={big.ended} value={sum(ended)} note={big.endedNote} />
      <BigNumber
        label={big.contained}
        value={figures.share(containment.share.share)}
        note={of(containment.share)}
      />
      <BigNumber label={big.rated} value={figures.share(csat.all.good.share)} note={of(csat.all.good)} />
      <BigNumber
        label={big.response}
        value={lengthOf(firstResponse.all.p50)}
        note={big.responseNote(lengthOf(firstResponse.all.p95), figures.count(firstResponse.all.count))}
      />
    </BigNumbers>
  );
}
