import "./thread.css";
import { type ReactNode, useRef, useState } from "react";
import { usePage } from "../shared/page.tsx";
import { Bubble } from "./bubble.tsx";
import { Day, sameDay } from "./day.tsx";
import type { Row } from "./rows.ts";
import { useBubbleClicks, useBubbleMenu, useEndAfterSending } from "./thread-hooks.ts";

interface ListProps {
  rows: readonly Row[];
  /** Bubbles of messages that are being sent; they follow the last row. */
  sending: readonly ReactNode[];
  typing: boolean;
  /** Turn whose messages are highlighted, or null. */
  turnId: string | null;
  onTurn(id: string): void;
  /** Handler of a tapped button; without one, buttons are disabled. */
  onChoice?(row: Row, choiceId: string): void;
}

interface Props extends ListProps {
  /** Text shown while there are no messages. */
  empty: string;
  /** Menu of one message; without it, bubbles have no menu button. */
  menu?(row: Row, anchor: DOMRect, onClose: () => void): ReactNode;
}

/** A conversation, newest message at the bottom; a click on a bubble selects its turn. */
export function Thread({ empty, menu, ...list }: Props) {
  const { texts } = usePage();
  const { rows, sending, onTurn } = list;
  const log = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState<{ id: string; anchor: DOMRect } | null>(null);
  useEndAfterSending(log, sending.length);
  useBubbleClicks(log, onTurn);
  useBubbleMenu(log, (id, anchor) => menu && setOpen({ id, anchor }));
  const row = open && rows.find(({ message }) => message.id === open.id);
  return (
    <div className="thread" role="log" aria-label={texts.chat.label} ref={log}>
      {rows.length === 0 && sending.length === 0 ? (
        <p className="thread-empty">{empty}</p>
      ) : (
        <Messages {...list} hasMenu={menu !== undefined} />
      )}
      {row && open && menu?.(row, open.anchor, () => setOpen(null))}
    </div>
  );
}

function Messages({ rows, sending, typing, turnId, hasMenu, ...handlers }: ListProps & { hasMenu: boolean }) {
  return (
    <ol className="thread-list">
      {rows.map((row, place) => {
        const { message } = row;
        const before = rows[place - 1]?.message;
        return [
          (!before || !sameDay(before.at, message.at)) && <Day key={`day-${message.id}`} at={message.at} />,
          <Bubble
            key={message.id}
            row={row}
            follows={before?.author === message.author}
            selected={turnId !== null && row.turnId === turnId}
            hasMenu={hasMenu}
            {...handlers}
          />,
        ];
      })}
      {sending}
      {typing && <Typing />}
    </ol>
  );
}

function Typing() {
  return (
    <li className="bubble bubble-bot bubble-typing" aria-hidden="true">
      <i />
      <i />
      <i />
    </li>
  );
}
