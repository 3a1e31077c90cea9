import "./bubble.css";
import "./bubble-controls.css";
import type { ReactNode } from "react";
import { Icon } from "../shared/icons.tsx";
import { usePage } from "../shared/page.tsx";
import { Buttons } from "./content/buttons.tsx";
import { Above, Below } from "./content/content.tsx";
import { failureOf } from "./failures.ts";
import { Quote } from "./quote.tsx";
import { ReactionBadge } from "./reaction-badge.tsx";
import type { Row } from "./rows.ts";
import { textOf } from "./summary.ts";
import { FormattedText } from "./text/formatted-text.tsx";
import { Ticks } from "./ticks.tsx";

interface Props {
  row: Row;
  /** True when the message above has the same author. */
  follows: boolean;
  /** True when its turn is the selected one. */
  selected: boolean;
  hasMenu: boolean;
  /** Without it, bubbles have no button for their turn. */
  onTurn?(id: string): void;
  onChoice?(row: Row, choiceId: string): void;
  /** Name of the author, for pages with several operators. */
  author?: ReactNode;
  /** Why it failed and what to do; without it, the words for Meta's code. */
  failure?: ReactNode;
}

/** One message as a phone shows it, with a button that selects its turn. */
export function Bubble(props: Props) {
  const { texts } = usePage();
  const { chat } = texts;
  const { row, follows, selected, onChoice, author: name, failure } = props;
  const { message, status, quoted, turnId, reactions, tapped } = row;
  const { author, content, reading } = message;
  const unsent = status === "withheld" || status === "failed";
  const text = textOf(message, texts);
  return (
    <li
      className={`bubble bubble-${author}`}
      data-kind={content?.kind === "media" ? content.media : (content?.kind ?? "text")}
      data-follows={follows}
      data-unsent={unsent}
      data-selected={selected}
      data-turn={turnId ?? undefined}
      data-message={message.waMessageId === null ? undefined : message.id}
      data-reacted={reactions.customer !== null || reactions.business !== null}
    >
      <span className={name || author === "operator" || author === "system" ? "bubble-author" : "unseen"}>
        {name ?? chat.authors[author]}
      </span>
      {quoted && <Quote quoted={quoted} />}
      {content && <Above content={content} text={text} />}
      {text !== null && <FormattedText text={text} />}
      <Below content={content} reading={reading} />
      {unsent && <p className="bubble-unsent">{chat.statuses[status]}</p>}
      {status === "failed" &&
        (failure ?? <p className="bubble-note">{failureOf(message.metaCodes, texts)}</p>)}
      <Meta {...props} />
      <Buttons message={message} tapped={tapped} onChoice={onChoice && ((id) => onChoice(row, id))} />
      <ReactionBadge reactions={reactions} />
    </li>
  );
}

function Meta({ row: { message, status, turnId }, selected, hasMenu, onTurn }: Props) {
  const { texts, formats } = usePage();
  const { chat } = texts;
  const { at } = message;
  return (
    <span className="bubble-meta">
      {turnId && onTurn && (
        <button
          type="button"
          className="bubble-turn"
          aria-pressed={selected}
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
      {hasMenu && message.waMessageId !== null && (
        <button
          type="button"
          className="bubble-more"
          aria-haspopup="menu"
          aria-label={`${chat.openMenu} (${formats.time(at)})`}
          title={chat.openMenu}
        >
          <Icon name="more" />
        </button>
      )}
    </span>
  );
}
