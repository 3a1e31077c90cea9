import type { PlaygroundAnswer } from "../../../../contracts/console/playground.ts";
import { usePage } from "../../shared/page.tsx";
import { textFor } from "../../texts/texts.ts";
import type { AnswerState } from "../state/answer-state.ts";
import { usePlaygroundTexts } from "../words/texts.ts";

/** What an answer would cost and how long it took, in one line. */
export function FactLine({ answer }: { answer: PlaygroundAnswer }) {
  const { formats } = usePage();
  const words = usePlaygroundTexts();
  const { messages, costUsd, firstTokenMs, totalMs } = answer;
  return (
    <p className="trial-facts number">
      <span>{words.billed(messages.length)}</span>
      <span>{costUsd === null ? words.unpriced : words.cost(formats.usd(costUsd))}</span>
      {firstTokenMs !== null && <span>{words.firstWord(formats.duration(firstTokenMs))}</span>}
      <span>{words.total(formats.duration(totalMs))}</span>
    </p>
  );
}

/** Intent, decider, rung, model, tokens and codes of an answer. */
export function Details({ understood, answer }: Pick<AnswerState, "understood" | "answer">) {
  const words = usePlaygroundTexts();
  const facts = useFacts(understood, answer);
  if (facts.length === 0) return null;
  return (
    <details className="trial-details">
      <summary>{words.details}</summary>
      <dl>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

function useFacts(
  understood: AnswerState["understood"],
  answer: AnswerState["answer"],
): [name: string, value: string][] {
  const { texts, formats } = usePage();
  const words = usePlaygroundTexts();
  const { turn } = texts;
  const facts: [string, string | null | undefined][] = [];
  if (understood) {
    const { intent, confidence, decidedBy, model, language, ms } = understood;
    const decided = decidedBy && (textFor(turn.decidedBy, decidedBy) ?? decidedBy);
    facts.push(
      [words.intent, intent && `${textFor(turn.intents, intent) ?? intent} (${intent})`],
      [words.confidence, confidence === null ? null : formats.percent(confidence)],
      [words.decided, [decided, model, formats.duration(ms)].filter(Boolean).join(" · ")],
      [words.languageFound, language && texts.languages[language]],
    );
  }
  if (answer) {
    const { rung, model, inputTokens, outputTokens, errors } = answer;
    const isFixed = rung === "fixed";
    facts.push(
      [words.rung, isFixed ? words.fixed : (textFor(turn.rungs, rung) ?? rung)],
      [words.answeredBy, model ?? words.noModel],
      [words.tokens, turn.tokensInOut(formats.integer(inputTokens), formats.integer(outputTokens))],
      [words.notes, errors.join(", ")],
    );
  }
  return facts.filter((fact): fact is [string, string] => Boolean(fact[1]));
}
