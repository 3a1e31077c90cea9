import "./thread.css";
import { useMemo, useRef, useState } from "react";
import { usePage } from "../shared/page.tsx";
import { Bubble } from "./bubble.tsx";
import { BubbleMenu } from "./bubble-menu.tsx";
import { Day, sameDay } from "./day.tsx";
import { SendingBubble } from "./sending-bubble.tsx";
import { useBubbleClicks, useBubbleMenu, useEndAfterSending } from "./thread-hooks.ts";
import { type Row, rowsOf } from "./thread-rows.ts";
import type { LiveSimulation } from "./use-simulation.ts";

interface Props {
  simulation: LiveSimulation;
  /** The turn that is shown beside, or null. */
  turnId: string | null;
  onTurn(id: string): void;
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

function Messages({ simulation, shown, turnId: chosen, onTurn }: Props & { shown: readonly Row[] }) {
  const { state } = simulation;
  const sending = state.sending.filter(({ message, failed }) => failed || message.type !== "reaction");
  return (
    <ol className="thread-list">
      {shown.map((row, place) => {
        const { message } = row;
        const before = shown[place - 1]?.message;
        return [
          (!before || !sameDay(before.at, message.at)) && <Day key={`day-${message.id}`} at={message.at} />,
          <Bubble
            key={message.id}
            {...row}
            follows={before?.author === message.author}
            chosen={chosen !== null && row.turnId === chosen}
            onTurn={onTurn}
          />,
        ];
      })}
      {sending.map((one) => (
        <SendingBubble key={one.key} sending={one} onAgain={() => simulation.sendAgain(one)} />
      ))}
      {state.typingUntilMs > 0 && <Typing />}
    </ol>
  );
}

/** The conversation, newest at the bottom; a click on a bubble shows its turn. */
export function Thread(props: Props) {
  const { texts } = usePage();
  const { chat } = texts.simulator;
  const { server, sending } = props.simulation.state;
  const log = useRef<HTMLDivElement>(null);
  useEndAfterSending(log, sending.length);
  useBubbleClicks(log, props.onTurn);
  const shown = useMemo(() => rowsOf(props.simulation.state), [props.simulation.state]);
  const [menu, setMenu] = useState<{ id: string; anchor: DOMRect } | null>(null);
  useBubbleMenu(log, (id, anchor) => setMenu({ id, anchor }));
  const row = menu && shown.find(({ message }) => message.id === menu.id);
  const empty = sending.length === 0 && !server?.messages.length;
  return (
    <div className="thread" role="log" aria-label={chat.label} ref={log}>
      {empty ? (
        <p className="thread-empty">{server ? chat.empty : texts.simulator.loading}</p>
      ) : (
        <Messages {...props} shown={shown} />
      )}
      {row && menu && <BubbleMenu row={row} anchor={menu.anchor} onClose={() => setMenu(null)} />}
    </div>
  );
}
