import "./bubble.css";
import type { SimMessage, SimStatus } from "../api.ts";
import { usePage } from "../shared/page.tsx";
import { FormattedText } from "./formatted-text.tsx";
import { plainText } from "./formatting.ts";
import { Ticks } from "./ticks.tsx";

interface Props {
  message: SimMessage;
  status: SimStatus | null;
  quoted: SimMessage | undefined;
  /** The one above is by the same author. */
  follows: boolean;
  turnId: string | null;
  /** Its turn is the one shown beside. */
  chosen: boolean;
  onTurn(id: string): void;
}

function useWords(message: SimMessage): string {
  const { texts } = usePage();
  return message.text ?? texts.simulator.chat.noText(message.type);
}

function Quote({ quoted }: { quoted: SimMessage }) {
  const { texts } = usePage();
  const { chat } = texts.simulator;
  const who = { customer: chat.you, bot: chat.bot, agent: chat.agent, system: chat.system }[quoted.author];
  return (
    <blockquote className="bubble-quote" aria-label={chat.quoted}>
      <b>{who}</b>
      <span>{plainText(useWords(quoted)).slice(0, 200)}</span>
    </blockquote>
  );
}

/** One message, as a phone shows it, with a way to its turn. */
export function Bubble({ message, status, quoted, follows, turnId, chosen, onTurn }: Props) {
  const { texts, formats } = usePage();
  const { chat } = texts.simulator;
  const { author } = message;
  const unsent = status === "withheld" || status === "failed";
  return (
    <li
      className={`bubble bubble-${author}`}
      data-follows={follows}
      data-unsent={unsent}
      data-chosen={chosen}
      data-turn={turnId ?? undefined}
    >
      <span className={author === "agent" || author === "system" ? "bubble-author" : "unseen"}>
        {{ customer: chat.you, bot: chat.bot, agent: chat.agent, system: chat.system }[author]}
      </span>
      {quoted && <Quote quoted={quoted} />}
      <FormattedText text={useWords(message)} />
      {unsent && <p className="bubble-unsent">{chat.statuses[status]}</p>}
      <span className="bubble-meta">
        {turnId && (
          <button
            type="button"
            className="bubble-turn"
            aria-pressed={chosen}
            aria-label={`${chat.showTurn} (${formats.time(message.at)})`}
            title={chat.showTurn}
            onClick={() => onTurn(turnId)}
          >
            <svg viewBox="0 0 12 12" aria-hidden="true">
              <path fill="currentColor" d="M0 1h6v2H0zm3 4h6v2H3zm4 4h5v2H7z" />
            </svg>
          </button>
        )}
        <time dateTime={new Date(message.at).toISOString()}>{formats.time(message.at)}</time>
        {status && !unsent && <Ticks status={status} />}
      </span>
    </li>
  );
}
