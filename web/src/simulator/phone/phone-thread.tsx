import { useMemo } from "react";
import { rowsOf } from "../../chat/rows.ts";
import { Thread } from "../../chat/thread.tsx";
import { usePage } from "../../shared/page.tsx";
import { useActions } from "../actions/actions.ts";
import { tap } from "../actions/tap.ts";
import type { LiveSimulation } from "../connection/use-simulation.ts";
import { BubbleMenu } from "./bubble-menu.tsx";
import { SendingBubble } from "./sending-bubble.tsx";

interface Props {
  simulation: LiveSimulation;
  /** Selected turn, or null. */
  turnId: string | null;
  onTurn(id: string): void;
}

/** The conversation on the phone, where the customer taps, reacts and resends. */
export function PhoneThread({ simulation, turnId, onTurn }: Props) {
  const { texts } = usePage();
  const actions = useActions();
  const { server, statuses, readIds, sending, typingUntilMs } = simulation.state;
  const rows = useMemo(
    () => (server ? rowsOf({ ...server, statuses, readIds }) : []),
    [server, statuses, readIds],
  );
  return (
    <Thread
      rows={rows}
      sending={sending
        .filter(({ message, failed }) => failed || message.type !== "reaction")
        .map((one) => (
          <SendingBubble key={one.key} sending={one} onRetry={() => simulation.sendAgain(one)} />
        ))}
      typing={typingUntilMs > 0}
      empty={server ? texts.simulator.empty : texts.simulator.loading}
      turnId={turnId}
      onTurn={onTurn}
      onChoice={(row, id) => tap(row.message, id, actions)}
      menu={(row, anchor, onClose) => <BubbleMenu row={row} anchor={anchor} onClose={onClose} />}
    />
  );
}
