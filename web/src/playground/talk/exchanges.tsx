import "../../chat/thread.css";
import type { ChatMessage } from "../../../../contracts/chat.ts";
import type { PlaygroundView, Said } from "../../../../contracts/console/playground.ts";
import { plainText } from "../../chat/text/formatting.ts";
import { Answer } from "../answer/answer.tsx";
import { Bubbles } from "../answer/bubbles.tsx";
import type { AnswerState } from "../state/answer-state.ts";
import { ask, type Exchange, keep, retry, type Talk, type TalkRef } from "../state/talk.ts";
import { usePlaygroundTexts } from "../words/texts.ts";
import { letterOf } from "../words/words.ts";

interface Props {
  talk: Talk;
  reference: TalkRef;
  view: PlaygroundView | undefined;
}

/** Questions with their answers, oldest first. */
export function Exchanges({ talk: { exchanges }, reference, view }: Props) {
  return exchanges.map((exchange, place) => (
    <div className="exchange" key={exchange.id}>
      {exchange.said && (
        <ol className="thread-list">
          <Bubbles messages={[bubbleOf(exchange.said, exchange)]} at={exchange.at} />
        </ol>
      )}
      <div className="exchange-answers" data-sides={exchange.answers.length}>
        {exchange.answers.map((answer, side) => (
          <Answer
            // biome-ignore lint/suspicious/noArrayIndexKey: sides do not change places.
            key={side}
            answer={answer}
            place={side}
            isCompared={exchange.answers.length > 1}
            isKept={exchange.kept === side}
            at={exchange.at}
            configured={view?.configured}
            onKeep={() => keep(reference, exchange.id, side)}
            onRetry={() => retry(reference, exchange, side)}
            onTap={
              place === exchanges.length - 1 && exchange.said
                ? ({ title, ...tap }) => {
                    keep(reference, exchange.id, side);
                    ask(reference, { direction: "in", text: title, tap });
                  }
                : undefined
            }
          />
        ))}
      </div>
    </div>
  ));
}

const bubbleOf = ({ text, tap }: Said, { id }: Exchange): ChatMessage => ({
  ...{ id, waMessageId: null, direction: "in", author: "customer", text, reading: null, at: 0 },
  type: tap ? "interactive" : "text",
  content: tap ? { kind: "tap", id: tap.id, title: text, description: "" } : null,
  ...{ quoteWaMessageId: null, status: null, metaCodes: [], turnId: null },
});

/** Says to a screen reader that an answer is being written, and then the whole answer: not each word. */
export function Announcer({ talk: { exchanges } }: Pick<Props, "talk">) {
  const words = usePlaygroundTexts();
  const last = exchanges.at(-1);
  const busy = last?.answers.some(({ state }) => state === "streaming");
  const said = (last?.answers ?? []).flatMap((answer, place) => {
    const text = spoken(answer);
    if (text === "") return [];
    return (last?.answers.length ?? 1) > 1 ? words.answered(letterOf(place), text) : words.answeredOne(text);
  });
  return (
    <div className="unseen" role="status">
      {busy ? words.answering : said.join(" ")}
    </div>
  );
}

const spoken = ({ answer }: AnswerState): string =>
  (answer?.messages ?? []).map(({ text }) => plainText(text ?? "")).join(" ");
