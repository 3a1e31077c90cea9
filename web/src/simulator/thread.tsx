import "./thread.css";
import { type MouseEvent as ReactMouseEvent, useEffect, useMemo, useRef } from "react";
import type { SimMessage } from "../api.ts";
import { usePage } from "../shared/page.tsx";
import { Bubble } from "./bubble.tsx";
import { inOrder } from "./order.ts";
import { SendingBubble } from "./sending-bubble.tsx";
import { further } from "./state.ts";
import type { LiveSimulation } from "./use-simulation.ts";
import { useStickToEnd } from "./use-stick-to-end.ts";

interface Props {
  simulation: LiveSimulation;
  turnId: string | null;
  onTurn(id: string): void;
}

function sameDay(a: number, b: number): boolean {
  return new Date(a).toDateString() === new Date(b).toDateString();
}

function Day({ at }: { at: number }) {
  const { texts, formats } = usePage();
  const { chat } = texts.simulator;
  const now = Date.now();
  const name = sameDay(at, now)
    ? chat.today
    : sameDay(at, now - 86_400_000)
      ? chat.yesterday
      : formats.day(at);
  return <li className="day">{name}</li>;
}

/** Which turn each message belongs to; the customer's messages know it only through the turn. */
function useTurnOf({ state }: LiveSimulation): (message: SimMessage) => string | null {
  const turns = state.server?.turns;
  const byMessage = useMemo(
    () =>
      new Map(
        turns?.flatMap(({ id, inboundIds, outboundIds }) =>
          [...inboundIds, ...outboundIds].map((one) => [one, id]),
        ),
      ),
    [turns],
  );
  return (message) => byMessage.get(message.id) ?? null;
}

/** The conversation, newest at the bottom; a click on a bubble shows its turn. */
export function Thread({ simulation, turnId, onTurn }: Props) {
  const { texts } = usePage();
  const { chat } = texts.simulator;
  const { state } = simulation;
  const { server } = state;
  const messages = useMemo(() => (server ? inOrder(server.messages, server.turns) : []), [server]);
  const byWaId = useMemo(
    () => new Map(messages.map((message) => [message.waMessageId, message])),
    [messages],
  );
  const turnOf = useTurnOf(simulation);
  const log = useRef<HTMLOListElement>(null);
  useStickToEnd(log, [messages.length, state.sending.length, state.typingUntilMs].join());
  useBubbleClicks(log, onTurn);

  const statusOf = (message: SimMessage) => {
    if (message.direction === "out")
      return further(message.status, state.statuses[message.waMessageId ?? ""]);
    const read = turnOf(message) !== null || state.readIds.includes(message.waMessageId ?? "");
    return read ? "read" : "delivered";
  };
  if (messages.length + state.sending.length === 0)
    return <p className="thread thread-empty">{chat.empty}</p>;
  return (
    <ol className="thread" role="log" aria-label={chat.label} ref={log}>
      {messages.map((message, place) => {
        const before = messages[place - 1];
        return [
          (!before || !sameDay(before.at, message.at)) && <Day key={`day-${message.id}`} at={message.at} />,
          <Bubble
            key={message.id}
            message={message}
            status={statusOf(message)}
            quoted={message.quoteWaMessageId ? byWaId.get(message.quoteWaMessageId) : undefined}
            follows={before?.author === message.author}
            turnId={turnOf(message)}
            chosen={turnId !== null && turnOf(message) === turnId}
            onTurn={onTurn}
          />,
        ];
      })}
      {state.sending.map((one) => (
        <SendingBubble key={one.key} sending={one} onAgain={() => simulation.sendAgain(one)} />
      ))}
      {state.typingUntilMs > 0 && (
        <li className="bubble bubble-bot bubble-typing" aria-hidden="true">
          <i />
          <i />
          <i />
        </li>
      )}
    </ol>
  );
}

/** Clicking anywhere on a bubble is a short cut for its own button; links and marked text keep their meaning. */
function useBubbleClicks(log: React.RefObject<HTMLOListElement | null>, onTurn: (id: string) => void): void {
  useEffect(() => {
    const list = log.current;
    const onClick = (event: MouseEvent | ReactMouseEvent) => {
      if (!(event.target instanceof Element) || event.target.closest("a, button")) return;
      if (getSelection()?.isCollapsed === false) return;
      const id = event.target.closest<HTMLElement>("[data-turn]")?.dataset.turn;
      if (id) onTurn(id);
    };
    list?.addEventListener("click", onClick);
    return () => list?.removeEventListener("click", onClick);
  });
}
