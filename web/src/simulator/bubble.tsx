import "./bubble.css";
import "./bubble-acts.css";
import { usePage } from "../shared/page.tsx";
import { Buttons } from "./content/buttons.tsx";
import { Above, Below } from "./content/content.tsx";
import { failureOf } from "./failures.ts";
import { FormattedText } from "./formatted-text.tsx";
import { Icon } from "./icons.tsx";
import { Quote } from "./quote.tsx";
import { ReactionBadge } from "./reaction-badge.tsx";
import { wordsOf } from "./summary.ts";
import type { Row } from "./thread-rows.ts";
import { Ticks } from "./ticks.tsx";

interface Props extends Row {
  /** The one above is by the same author. */
  follows: boolean;
  /** Its turn is the one shown beside. */
  chosen: boolean;
  onTurn(id: string): void;
}

/** One message, as a phone shows it, with a way to its turn. */
export function Bubble(props: Props) {
  const { texts } = usePage();
  const { chat } = texts.simulator;
  const { message, status, quoted, follows, turnId, chosen, reactions, tapped } = props;
  const { author, content, reading } = message;
  const unsent = status === "withheld" || status === "failed";
  const words = wordsOf(message, texts);
  return (
    <li
      className={`bubble bubble-${author}`}
      data-kind={content?.kind === "media" ? content.media : (content?.kind ?? "text")}
      data-follows={follows}
      data-unsent={unsent}
      data-chosen={chosen}
      data-turn={turnId ?? undefined}
      data-message={message.waMessageId === null ? undefined : message.id}
      data-reacted={reactions.customer !== null || reactions.bot !== null}
    >
      <span className={author === "agent" || author === "system" ? "bubble-author" : "unseen"}>
        {{ customer: chat.you, bot: chat.bot, agent: chat.agent, system: chat.system }[author]}
      </span>
      {quoted && <Quote quoted={quoted} />}
      {content && <Above content={content} />}
      {words !== null && <FormattedText text={words} />}
      <Below content={content} reading={reading} />
      {unsent && <p className="bubble-unsent">{chat.statuses[status]}</p>}
      {status === "failed" && <p className="bubble-note">{failureOf(message.errorCodes, texts)}</p>}
      <Meta {...props} />
      <Buttons message={message} tapped={tapped} />
      <ReactionBadge reactions={reactions} />
    </li>
  );
}

function Meta({ message, status, turnId, chosen, onTurn }: Props) {
  const { texts, formats } = usePage();
  const { chat, messages } = texts.simulator;
  const { at } = message;
  return (
    <span className="bubble-meta">
      {turnId && (
        <button
          type="button"
          className="bubble-turn"
          aria-pressed={chosen}
          aria-label={`${chat.showTurn} (${formats.time(at)})`}
          title={chat.showTurn}
          onClick={() => onTurn(turnId)}
        >
          <svg viewBox="0 0 12 12" aria-hidden="true">
            <path fill="currentColor" d="M0 1h6v2H0zm3 4h6v2H3zm4 4h5v2H7z" />
          </svg>
        </button>
      )}
      <time dateTime={new Date(at).toISOString()}>{formats.time(at)}</time>
      {status && status !== "withheld" && status !== "failed" && <Ticks status={status} />}
      {message.waMessageId !== null && (
        <button
          type="button"
          className="bubble-more"
          aria-haspopup="menu"
          aria-label={`${messages.actions.open} (${formats.time(at)})`}
          title={messages.actions.open}
        >
          <Icon name="more" />
        </button>
      )}
    </span>
  );
}
