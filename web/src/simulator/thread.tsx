import "./thread.css";
import { useMemo, useRef } from "react";
import type { SimMessage, SimStatus } from "../api.ts";
import { usePage } from "../shared/page.tsx";
import { Bubble } from "./bubble.tsx";
import { Day, sameDay } from "./day.tsx";
import { SendingBubble } from "./sending-bubble.tsx";
import { further, type Simulation } from "./state.ts";
import { useBubbleClicks, useEndAfterSending } from "./thread-hooks.ts";
import type { LiveSimulation } from "./use-simulation.ts";

interface Props {
  simulation: LiveSimulation;
  /** The turn that is shown beside, or null. */
  turnId: string | null;
  onTurn(id: string): void;
}

/** A message and what else its bubble shows. */
interface Row {
  message: SimMessage;
  status: SimStatus | null;
  quoted: SimMessage | undefined;
  turnId: string | null;
}

/** Customers' messages know their turn and whether they were read only through others. */
function rows({ server, statuses, readIds }: Simulation): Row[] {
  if (!server) return [];
  const byWaId = new Map(server.messages.map((message) => [message.waMessageId, message]));
  const turns = new Map(
    server.turns.flatMap(({ id, inboundIds, outboundIds }) =>
      [...inboundIds, ...outboundIds].map((messageId) => [messageId, id]),
    ),
  );
  return server.messages.map((message) => {
    const { id, direction, waMessageId, quoteWaMessageId } = message;
    const turnId = turns.get(id) ?? null;
    const read = turnId !== null || readIds.includes(waMessageId ?? "");
    const reported = further(message.status, statuses[waMessageId ?? ""]);
    return {
      message,
      status: direction === "out" ? reported : read ? "read" : "delivered",
      quoted: quoteWaMessageId ? byWaId.get(quoteWaMessageId) : undefined,
      turnId,
    };
  });
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

function Messages({ simulation, turnId: chosen, onTurn }: Props) {
  const { state } = simulation;
  const shown = useMemo(() => rows(state), [state]);
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
      {state.sending.map((one) => (
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
  const empty = sending.length === 0 && !server?.messages.length;
  return (
    <div className="thread" role="log" aria-label={chat.label} ref={log}>
      {empty ? (
        <p className="thread-empty">{server ? chat.empty : texts.simulator.loading}</p>
      ) : (
        <Messages {...props} />
      )}
    </div>
  );
}
