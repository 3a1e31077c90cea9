import type { ExchangeView, SayingView, SeenTurn, Words } from "../../../../contracts/console/turns.ts";
import { usePage } from "../../shared/page.tsx";
import { textFor } from "../../texts/texts.ts";
import { useTurnPageTexts } from "./texts.ts";

type Explain = (code: string) => string | null;

/** What the models were sent and said, call by call; for viewers without words. */
export function Exchanges({ turn, explain }: { turn: SeenTurn; explain: Explain }) {
  const words = useTurnPageTexts();
  const { exchanges, withWords } = turn;
  return (
    <section className="card card-wide">
      <h3>{words.exchanges}</h3>
      {!withWords && <p className="card-note">{words.viewerHint}</p>}
      {exchanges === null && <p className="card-note">{words.notKept}</p>}
      {exchanges?.map((exchange, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a turn's exchanges never change order.
        <Exchange key={place} exchange={exchange} explain={explain} />
      ))}
    </section>
  );
}

function Exchange({ exchange, explain }: { exchange: ExchangeView; explain: Explain }) {
  const words = useTurnPageTexts();
  const { texts, formats } = usePage();
  const { of, rung, model, inputTokens, outputTokens, ms, error, tools } = exchange;
  const level = rung && rung !== "full" ? (textFor(texts.turn.rungs, rung) ?? rung) : null;
  const tokens =
    inputTokens === null || outputTokens === null
      ? null
      : words.tokens(formats.integer(inputTokens), formats.integer(outputTokens));
  const facts = [model, level, tokens].filter((fact) => fact !== null);
  return (
    <details className="exchange-seen" data-failed={error !== null}>
      <summary>
        <b>{textFor(words.of, of) ?? of}</b>
        <span>{facts.join(" · ")}</span>
        {error !== null && <b className="tool-failed">✕ {explain(`:${error}`) ?? error}</b>}
        <span className="number">{formats.duration(ms)}</span>
      </summary>
      <Prompt prompt={exchange.prompt} />
      {tools.length > 0 && (
        <p className="card-note">
          {words.offered}: {tools.join(", ")}
        </p>
      )}
      <h4>{words.sent}</h4>
      {exchange.continues && <p className="card-note">{words.continues}</p>}
      <Sayings sayings={exchange.sent} />
      <h4>{words.said}</h4>
      {exchange.said.length === 0 && <p className="card-note">{words.noAnswer}</p>}
      <Sayings sayings={exchange.said} />
    </details>
  );
}

function Prompt({ prompt }: { prompt: Words | null }) {
  const words = useTurnPageTexts();
  const { formats } = usePage();
  if (prompt === null) return <p className="card-note">{words.promptGone}</p>;
  const length = words.characters(formats.integer(prompt.characters));
  if (prompt.text === null)
    return (
      <p className="card-note">
        {words.prompt}: {length}
      </p>
    );
  return (
    <details className="prompt-seen">
      <summary>
        {words.prompt} <span className="card-note">{length}</span>
      </summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: long prompts scroll, which needs the focus. */}
      <pre tabIndex={0}>{prompt.text}</pre>
    </details>
  );
}

function Sayings({ sayings }: { sayings: readonly SayingView[] }) {
  return (
    <ol className="sayings">
      {sayings.map((saying, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: what was said never changes order.
        <Saying key={place} saying={saying} />
      ))}
    </ol>
  );
}

function Saying({ saying: { role, tool, text, characters } }: { saying: SayingView }) {
  const words = useTurnPageTexts();
  const { formats } = usePage();
  const who = textFor(words.roles, role) ?? role;
  const act = tool === null ? null : role === "tool" ? words.returns(tool) : words.calls(tool);
  return (
    <li className="saying" data-role={role}>
      <b className="saying-role">{act === null ? who : `${who}: ${act}`}</b>
      <p className="saying-words" data-code={tool !== null}>
        {text ?? words.characters(formats.integer(characters))}
      </p>
    </li>
  );
}
