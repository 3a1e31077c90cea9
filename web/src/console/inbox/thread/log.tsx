import "../../../chat/thread.css";
import { type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import type { ConversationView, ThreadMessage } from "../../../../../contracts/console/thread.ts";
import { Day } from "../../../chat/day.tsx";
import { summaryOf } from "../../../chat/summary.ts";
import { usePage } from "../../../shared/page.tsx";
import { useTexts } from "../../shell/texts.ts";
import { useToasts } from "../../shell/toasts.tsx";
import { useInbox, useOpened } from "../state/use-inbox.tsx";
import { type Item, itemsOf, newSince } from "./items.ts";
import { HandoffLine, NoteLine } from "./lines.tsx";
import { MessageMenu } from "./message-menu.tsx";
import { ThreadBubble } from "./thread-bubble.tsx";
import { TurnLine } from "./turn-line.tsx";
import { useAtEnd, useDrawn, useNearTop, useSteadyReading } from "./use-reading.ts";

interface Props {
  view: ConversationView;
  /** Items of the menu of one message; null: this operator may not write. */
  menu: ((message: ThreadMessage) => ReactNode) | null;
  /** Bubbles of messages that are being sent. */
  children: ReactNode;
}

/** Everything that was said, the newest at the foot. */
export function Log({ view, menu, children }: Props) {
  const { texts } = usePage();
  const { inbox: words } = useTexts();
  const { inbox } = useInbox();
  const log = useRef<HTMLDivElement>(null);
  const items = useMemo(() => itemsOf(view), [view]);
  const { id } = view.row;
  const { loadingOlder } = useOpened(id);
  const { drawn, drawMore } = useDrawn(items);
  const loadOlder = view.older === null ? null : () => void inbox.loadOlder(id);
  const more = drawMore ?? loadOlder;
  const top = useNearTop(log, more, `${drawn.length} of ${items.length}`);
  useSteadyReading(log, items.at(-1)?.key);
  return (
    <div className="log">
      <div
        className="thread"
        role="log"
        aria-live="off"
        aria-label={texts.chat.label}
        ref={log}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a long thread scrolls, which needs the focus.
        tabIndex={0}
      >
        <ol className="thread-list" data-reader="business">
          {more && (
            <li className="older" ref={top}>
              <button type="button" className="button" disabled={loadingOlder} onClick={more}>
                {loadingOlder ? words.thread.older : words.thread.olderButton}
              </button>
            </li>
          )}
          {items.length === 0 && <li className="thread-empty">{words.thread.empty}</li>}
          {drawn.map((item) => (
            <Line key={item.key} item={item} hasMenu={menu !== null} />
          ))}
          {children}
        </ol>
      </div>
      <NewMessages view={view} log={log} />
      {menu && <MessageMenu log={log} messages={view.messages} items={menu} />}
    </div>
  );
}

function Line({ item, hasMenu }: { item: Item; hasMenu: boolean }) {
  switch (item.kind) {
    case "day":
      return <Day at={item.at} />;
    case "note":
      return <NoteLine note={item.note} />;
    case "handoff":
      return <HandoffLine event={item.event} handoff={item.handoff} at={item.at} />;
    case "turn":
      return <TurnLine turn={item.turn} silent />;
    case "message":
      return (
        <>
          <ThreadBubble item={item} hasMenu={hasMenu} />
          {item.turn && <TurnLine turn={item.turn} />}
        </>
      );
  }
}

/** Button to the end of the thread with the number of messages that came meanwhile; says new messages to screen readers. */
function NewMessages({ view, log }: { view: ConversationView; log: React.RefObject<HTMLDivElement | null> }) {
  const { inbox: words } = useTexts();
  const { texts } = usePage();
  const { say } = useToasts();
  const { operatorId } = useInbox();
  const atEnd = useAtEnd(log);
  const { messages } = view;
  const last = messages.at(-1);
  const [seenAt, setSeenAt] = useState(last?.at ?? 0);
  const toEnd = () => log.current?.scrollTo({ top: 0 });
  const own = last?.operator?.id === operatorId;
  useEffect(() => {
    if (last && atEnd) setSeenAt(last.at);
  }, [last, atEnd]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each new message.
  useEffect(() => {
    if (!last || last.at <= seenAt) return;
    if (own) toEnd();
    else if (last.direction === "in") say(words.thread.arrived(summaryOf(last, texts)));
  }, [last?.id]);
  if (atEnd) return null;
  const count = newSince(messages, seenAt, operatorId);
  const label = words.thread.newMessages(count);
  return (
    <button
      type="button"
      className="button to-end"
      data-new={count > 0}
      aria-label={label}
      title={label}
      onClick={toEnd}
    >
      {count > 0 && label} ↓
    </button>
  );
}
