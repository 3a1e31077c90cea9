import "./home.css";
import { useEffect, useState } from "react";
import { CopyButton } from "../shared/copy-button.tsx";
import { usePage } from "../shared/page.tsx";
import { TopBar } from "../shared/top-bar.tsx";
import { Guides } from "./guides.tsx";
import { askHealth, type Health } from "./health.ts";
import { Services } from "./services.tsx";

interface Answer {
  health: Health | null;
  atMs: number;
}

function useHealth(): { answer: Answer | null; again(): void } {
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [round, setRound] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round asks again.
  useEffect(() => {
    const gone = new AbortController();
    setAnswer(null);
    askHealth(gone.signal).then((health) => {
      if (!gone.signal.aborted) setAnswer({ health, atMs: Date.now() });
    });
    return () => gone.abort();
  }, [round]);
  return { answer, again: () => setRound((last) => last + 1) };
}

function Headline({ answer }: { answer: Answer | null }) {
  const { texts } = usePage();
  const status = answer ? (answer.health?.status ?? "unreachable") : "asking";
  const title = {
    ...texts.home.title,
    unreachable: texts.home.unreachable,
    asking: texts.home.asking,
  }[status];
  return (
    <div className="headline" data-status={status} aria-live="polite">
      <span className="headline-mark" aria-hidden="true" />
      <h1 className="display">{title}</h1>
      {status !== "asking" && <p>{texts.home.summary[status]}</p>}
    </div>
  );
}

/** What a deployment shows at its address: that it runs, how its services are, and where to go on. */
export function Home() {
  const { texts, formats } = usePage();
  const { answer, again } = useHealth();
  const webhook = `${location.origin}/api/whatsapp/webhook`;
  return (
    <>
      <TopBar title={null} />
      <main className="home">
        <Headline answer={answer} />
        <div className="fret home-fret" aria-hidden="true" />
        {answer?.health && <Services checks={answer.health.checks} />}
        {answer && (
          <p className="home-again">
            <span className="number">{texts.home.checkedAt(formats.timeWithSeconds(answer.atMs))}</span>
            <button type="button" className="button" onClick={again}>
              {texts.home.again}
            </button>
          </p>
        )}
        <section className="home-section">
          <h2>{texts.home.webhook}</h2>
          <p className="home-address">
            <code>{webhook}</code>
            <CopyButton value={webhook} label={texts.home.webhook} />
          </p>
          <p className="home-hint">{texts.home.webhookHint}</p>
        </section>
        <Guides />
      </main>
    </>
  );
}
