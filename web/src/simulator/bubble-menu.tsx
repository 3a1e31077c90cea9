import { usePage } from "../shared/page.tsx";
import { useActs } from "./acts.ts";
import { Icon } from "./icons.tsx";
import { Menu } from "./overlay/menu.tsx";
import type { Row } from "./thread-rows.ts";

/** WhatsApp's own first six. */
const EMOJI = ["👍", "❤️", "😂", "😮", "😢", "🙏"];

/** Reacts to a message or answers it; the same reaction again takes it back. */
export function BubbleMenu({ row, anchor, onClose }: { row: Row; anchor: DOMRect; onClose(): void }) {
  const { texts } = usePage();
  const words = texts.simulator.messages.actions;
  const acts = useActs();
  const { message, reactions } = row;
  const react = (emoji: string) => {
    if (message.waMessageId === null) return;
    const same = reactions.customer === emoji;
    acts.write(
      { type: "reaction", waMessageId: message.waMessageId, emoji: same ? "" : emoji },
      { replyTo: null },
    );
  };
  return (
    <Menu anchor={anchor} label={words.open} className="bubble-menu" onClose={onClose}>
      {EMOJI.map((emoji) => {
        const own = reactions.customer === emoji;
        const label = own ? words.unreact(emoji) : words.react(emoji);
        return (
          <button
            key={emoji}
            type="button"
            role="menuitemcheckbox"
            aria-checked={own}
            aria-label={label}
            tabIndex={-1}
            onClick={() => react(emoji)}
          >
            {emoji}
          </button>
        );
      })}
      <button type="button" role="menuitem" tabIndex={-1} onClick={() => acts.quote(message)}>
        <Icon name="reply" />
        {words.reply}
      </button>
    </Menu>
  );
}
