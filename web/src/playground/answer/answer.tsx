import "./answer.css";
import type { PlaygroundView, Side } from "../../../../contracts/console/playground.ts";
import type { AnswerState } from "../state/answer-state.ts";
import { usePlaygroundTexts } from "../words/texts.ts";
import { letterOf } from "../words/words.ts";
import { Bubbles, type Tap } from "./bubbles.tsx";
import { Details, FactLine } from "./facts.tsx";
import { FailedAttempts, Failure, Notices } from "./notices.tsx";
import { ToolList } from "./tool-list.tsx";

interface Props {
  answer: AnswerState;
  place: number;
  /** True beside another answer. */
  isCompared: boolean;
  /** True when the conversation goes on from this one. */
  isKept: boolean;
  at: number;
  configured: PlaygroundView["configured"] | undefined;
  onKeep(): void;
  onRetry(): void;
  /** Absent: its buttons cannot be tapped any more. */
  onTap: ((tap: Tap) => void) | undefined;
}

/** One answer of the bot, from its first sign to its bubbles. */
export function Answer({ answer: now, place, isCompared, isKept, at, configured, ...on }: Props) {
  const words = usePlaygroundTexts();
  const { state, answer, failure, attempts, tools, understood } = now;
  return (
    <section
      className="trial"
      // One alone is within the conversation, whose name it would only repeat.
      aria-label={isCompared ? words.side(letterOf(place)) : undefined}
      aria-busy={state === "streaming"}
    >
      {isCompared && <Head side={now.side} place={place} configured={configured} />}
      <FailedAttempts attempts={attempts} />
      <ToolList tools={tools} />
      {state === "streaming" && <Writing answer={now} />}
      {answer && (
        <ol className="thread-list">
          <Bubbles messages={answer.messages} at={at} onTap={answer.asks ? undefined : on.onTap} />
        </ol>
      )}
      {state === "stopped" && (
        <>
          {now.words && <p className="trial-draft">{now.words}</p>}
          <p className="trial-notice">{words.stopped}</p>
          <button type="button" className="button small" onClick={on.onRetry}>
            {words.retry}
          </button>
        </>
      )}
      {failure && <Failure failure={failure} onRetry={on.onRetry} />}
      {answer && (
        <>
          <Notices answer={answer} />
          <FactLine answer={answer} />
        </>
      )}
      <Details understood={understood} answer={answer} />
      {isCompared && answer && <Keep isKept={isKept} onKeep={on.onKeep} />}
    </section>
  );
}

/** What is being written, which was not checked yet: in a frame of its own, so that nobody takes it for a bubble. */
function Writing({ answer: { words: text, understood, attempts } }: { answer: AnswerState }) {
  const words = usePlaygroundTexts();
  if (text === "")
    return (
      <p className="trial-waiting">
        {understood || attempts.length > 0 ? words.waitingForWords : words.thinking}
      </p>
    );
  return (
    <div className="trial-draft">
      <p>{text}</p>
      <p className="hint">{words.writing}</p>
    </div>
  );
}

function Head({ side, place, configured }: { side: Side; place: number } & Pick<Props, "configured">) {
  const words = usePlaygroundTexts();
  const { model, version } = side;
  const company =
    typeof version === "number" ? words.versions.numbered(version, "") : words.versions[version];
  return (
    <header className="trial-head">
      <h2>{words.side(letterOf(place))}</h2>
      <p>
        {model ?? words.configured(configured?.reply ?? "…")} · {company}
      </p>
    </header>
  );
}

function Keep({ isKept, onKeep }: { isKept: boolean; onKeep(): void }) {
  const words = usePlaygroundTexts();
  if (isKept) return <p className="hint">{words.goesOn}</p>;
  return (
    <button type="button" className="link-button" onClick={onKeep}>
      {words.goOn}
    </button>
  );
}
