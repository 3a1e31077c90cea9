import "./playground.css";
import { useEffect, useRef } from "react";
import { useSearchParams } from "wouter";
import type { PlaygroundView, ReplayView, Side } from "../../../contracts/console/playground.ts";
import { useTenant } from "../console/client/session.tsx";
import { useTenantApi } from "../console/client/use-api.ts";
import { useKeepUnsaved } from "../console/settings/use-keep-unsaved.ts";
import { PageFrame } from "../console/shell/page-frame.tsx";
import { Problem } from "../console/shell/problem.tsx";
import { Waiting } from "../console/shell/waiting.tsx";
import { Replay, ReplayNotes } from "./replay/replay.tsx";
import { isPhone } from "./setup/customer-fields.tsx";
import { Setup } from "./setup/setup.tsx";
import { ask, changeTalk, isAnswering, LIVE, startOver, type TalkRef, useTalk } from "./state/talk.ts";
import { Box } from "./talk/box.tsx";
import { Announcer, Exchanges } from "./talk/exchanges.tsx";
import { usePlaygroundTexts } from "./words/texts.ts";

/** Talking to the bot without a customer: `/:tenant/playground`, with `?turn=` a real turn once more, with `?version=` a draft or a version. */
export default function Playground() {
  const { tenantId } = useTenant();
  const [search] = useSearchParams();
  const reference: TalkRef = { tenantId, turnId: search.get("turn") };
  const words = usePlaygroundTexts();
  const talk = useTalk(reference);
  const { data: view, error, mutate } = useTenantApi<PlaygroundView>("/playground");
  const busy = isAnswering(talk);
  useKeepUnsaved(talk.words.trim() !== "");
  useVersionOfAddress(reference, search.get("version"));
  // An answer has been paid: what is left of the budget is read again.
  useEffect(() => {
    if (!busy) void mutate();
  }, [busy, mutate]);
  const { title, intro } = reference.turnId === null ? words : words.replay;
  return (
    <PageFrame title={title} intro={intro} actions={<Actions reference={reference} />}>
      {error && !view && <Problem error={error} onRetry={() => mutate()} />}
      {!view && !error && <Waiting />}
      {view && (
        <div className="playground">
          <Setup talk={talk} reference={reference} view={view} />
          <Conversation reference={reference} view={view} />
        </div>
      )}
    </PageFrame>
  );
}

function Actions({ reference }: { reference: TalkRef }) {
  const words = usePlaygroundTexts();
  const { sides, exchanges } = useTalk(reference);
  const isComparing = sides.length > 1;
  const [first = LIVE] = sides;
  return (
    <>
      <button
        type="button"
        className="button small"
        aria-pressed={isComparing}
        onClick={() => changeTalk(reference, { sides: isComparing ? [first] : [first, first] })}
      >
        {words.compare}
      </button>
      <button
        type="button"
        className="button small"
        disabled={exchanges.length === 0}
        onClick={() => startOver(reference)}
      >
        {words.startOver}
      </button>
    </>
  );
}

function Conversation({ reference, view }: { reference: TalkRef; view: PlaygroundView }) {
  const words = usePlaygroundTexts();
  const talk = useTalk(reference);
  const end = useRef<HTMLDivElement>(null);
  const { turnId } = reference;
  const { exchanges, customer } = talk;
  // Only then: whoever scrolls back while an answer comes is left alone.
  useEffect(() => {
    if (exchanges.length > 0) end.current?.scrollIntoView({ block: "end" });
  }, [exchanges.length]);
  const isPhoneFit = customer.phone === null || isPhone(customer.phone);
  return (
    <section className="talk" aria-label={words.thread}>
      {turnId === null ? (
        exchanges.length === 0 && <Examples reference={reference} />
      ) : (
        <TurnOnce reference={reference} />
      )}
      <Exchanges talk={talk} reference={reference} view={view} />
      <Announcer talk={talk} />
      <div ref={end} className="talk-end" />
      {turnId === null && isPhoneFit && <Box talk={talk} reference={reference} />}
    </section>
  );
}

function TurnOnce({ reference }: { reference: TalkRef }) {
  const talk = useTalk(reference);
  const words = usePlaygroundTexts();
  const path = `/playground/turns/${encodeURIComponent(reference.turnId ?? "")}`;
  const { data, error, mutate } = useTenantApi<ReplayView>(path, { revalidateOnFocus: false });
  if (error) return <Problem error={error} words={words.failures} onRetry={() => mutate()} />;
  if (!data) return <Waiting />;
  return (
    <>
      <ReplayNotes replay={data} />
      <Replay replay={data} talk={talk} reference={reference} />
    </>
  );
}

function Examples({ reference }: { reference: TalkRef }) {
  const words = usePlaygroundTexts();
  return (
    <div className="talk-empty">
      <p>{words.empty}</p>
      <ul>
        {words.examples.map((text) => (
          <li key={text}>
            <button
              type="button"
              className="button small"
              onClick={() => ask(reference, { direction: "in", text, tap: null })}
            >
              {text}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** A link from the versions' page names what to try. */
function useVersionOfAddress({ tenantId, turnId }: TalkRef, version: string | null): void {
  useEffect(() => {
    const chosen: Side["version"] | null =
      version === "draft" || version === "live" ? version : Number(version) > 0 ? Number(version) : null;
    if (chosen !== null) changeTalk({ tenantId, turnId }, { sides: [{ ...LIVE, version: chosen }] });
  }, [tenantId, turnId, version]);
}
