import "./home.css";
import { useEffect, useState } from "react";
import { CopyButton } from "../shared/copy-button.tsx";
import { usePage } from "../shared/page.tsx";
import { TopBar } from "../shared/top-bar.tsx";
import { Guides } from "./guides.tsx";
import { fetchHealth, type Health } from "./health.ts";
import { Services } from "./services.tsx";

interface Result {
  health: Health | null;
  atMs: number;
}

function useHealth(): { result: Result | null; again(): void } {
  const [result, setResult] = useState<Result | null>(null);
  const [checks, setChecks] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each check runs the effect again.
  useEffect(() => {
    const leaving = new AbortController();
    setResult(null);
    fetchHealth(leaving.signal).then((health) => {
      if (!leaving.signal.aborted) setResult({ health, atMs: Date.now() });
    });
    return () => leaving.abort();
  }, [checks]);
  return { result, again: () => setChecks((last) => last + 1) };
}

function Headline({ result }: { result: Result | null }) {
  const { texts } = usePage();
  const status = result ? (result.health?.status ?? "unreachable") : "checking";
  const title = {
    ...texts.home.title,
    unreachable: texts.home.unreachable,
    checking: texts.home.checking,
  }[status];
  return (
    <div className="headline" data-status={status} aria-live="polite">
      <span className="headline-mark" aria-hidden="true" />
      <h1 className="display">{title}</h1>
      {status !== "checking" && <p>{texts.home.summary[status]}</p>}
    </div>
  );
}

/** Home page of a deployment: status, services, webhook URL and guides. */
export function Home() {
  const { texts, formats } = usePage();
  const { result, again } = useHealth();
  const webhook = `${location.origin}/api/whatsapp/webhook`;
  return (
    <>
      <TopBar title={null} />
      <main className="home">
        <Headline result={result} />
        <div className="fret home-fret" aria-hidden="true" />
        {result?.health && <Services checks={result.health.checks} />}
        {result && (
          <p className="home-again">
            <span className="number">{texts.home.checkedAt(formats.timeWithSeconds(result.atMs))}</span>
            <button type="button" className="button" onClick={again}>
              {texts.home.again}
            </button>
          </p>
        )}
        <p>
          <a className="button primary home-console" href="/console">
            {texts.home.console}
          </a>
        </p>
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
