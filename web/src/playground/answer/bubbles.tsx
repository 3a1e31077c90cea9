import { useState } from "react";
import type { ChatAction, ChatMessage } from "../../../../contracts/chat.ts";
import { Bubble } from "../../chat/bubble.tsx";
import type { Row } from "../../chat/rows.ts";

/** A tap on a button or a row of a list. */
export interface Tap {
  id: string;
  title: string;
  list: boolean;
}

interface Props {
  messages: readonly ChatMessage[];
  /** When they came, for those without a time of their own. */
  at: number;
  /** Handler of a tap; without one, buttons are disabled. */
  onTap?: ((tap: Tap) => void) | undefined;
}

/** Messages as WhatsApp shows them. */
export const Bubbles = ({ messages, at, onTap }: Props) =>
  messages.map((message, place) => (
    <OneBubble
      key={message.id}
      message={{ ...message, at: message.at || at }}
      follows={place > 0 && messages[place - 1]?.author === message.author}
      onTap={onTap}
    />
  ));

interface OneProps extends Pick<Props, "onTap"> {
  message: ChatMessage;
  follows: boolean;
}

function OneBubble({ message, follows, onTap }: OneProps) {
  const [isOpen, setOpen] = useState(false);
  const action = message.content?.kind === "interactive" ? message.content.action : null;
  const taps = tapsOf(action);
  const choose = (_row: Row, id: string) => {
    const tap = taps.find((each) => each.id === id);
    // The button of a list opens it.
    if (action?.type === "list") setOpen(!isOpen);
    else if (tap) onTap?.(tap);
  };
  return (
    <>
      <Bubble
        row={rowOf(message)}
        follows={follows}
        selected={false}
        hasMenu={false}
        {...(onTap && taps.length > 0 && { onChoice: choose })}
      />
      {isOpen && onTap && (
        <li className="list-rows">
          {taps.map((tap) => (
            <button key={tap.id} type="button" className="button small" onClick={() => onTap(tap)}>
              {tap.title}
            </button>
          ))}
        </li>
      )}
    </>
  );
}

const NO_TAPS: ReadonlySet<string> = new Set();
/** A bubble shows its buttons when its message was sent: these are as good as sent. */
const rowOf = (message: ChatMessage): Row => ({
  message: { ...message, waMessageId: message.waMessageId ?? message.id },
  ...{ status: null, quoted: undefined, turnId: null, tapped: NO_TAPS },
  reactions: { customer: null, business: null, businessAuthor: "bot" },
});

/** What the customer's phone could tap; nothing of what a pretend phone cannot do, such as sharing where it is. */
function tapsOf(action: ChatAction | null): Tap[] {
  if (action?.type === "buttons") return action.buttons.map(({ id, title }) => ({ id, title, list: false }));
  if (action?.type !== "list") return [];
  return action.sections.flatMap(({ rows }) => rows.map(({ id, title }) => ({ id, title, list: true })));
}
