import "./understood.css";
import type { TurnView } from "../../../contracts/turn.ts";
import { usePage } from "../shared/page.tsx";
import { textFor } from "../texts/texts.ts";
import { Ladder } from "./ladder.tsx";

function Confidence({ confidence }: { confidence: number }) {
  const { texts, formats } = usePage();
  const words = texts.turn;
  return (
    <p className="confidence">
      <span>{words.confidence}</span>
      <meter min={0} max={1} value={confidence} aria-label={words.confidence} />
      <b className="number">{formats.percent(confidence)}</b>
    </p>
  );
}

type UnderstoodTurn = Pick<TurnView, "intent" | "confidence" | "decidedBy" | "language"> & {
  /** Null: not ended yet. */
  rung: string | null;
};

/** Intent, confidence and decider of a turn, and the rung that answered. */
export function Understood({ turn }: { turn: UnderstoodTurn }) {
  const { texts } = usePage();
  const words = texts.turn;
  // Fixed words, as after a tap on an act's button, are nobody's failure.
  const decider = turn.rung === "fixed" && turn.intent === null ? "fixed" : turn.decidedBy;
  const decided = decider && (textFor(words.decidedBy, decider) ?? decider);
  return (
    <section className="card">
      <h3>{words.understood}</h3>
      <p className="intent">
        <b className="display intent-name">
          {turn.intent ? (textFor(words.intents, turn.intent) ?? turn.intent) : words.noIntent}
        </b>
        {turn.intent && <code className="intent-code">{turn.intent}</code>}
      </p>
      {turn.confidence !== null && <Confidence confidence={turn.confidence} />}
      <p className="card-note">
        {[turn.language && texts.languages[turn.language], decided].filter(Boolean).join(" · ")}
      </p>
      {turn.rung !== null && (
        <>
          <h3>{words.ladder}</h3>
          <Ladder rung={turn.rung} />
        </>
      )}
    </section>
  );
}
