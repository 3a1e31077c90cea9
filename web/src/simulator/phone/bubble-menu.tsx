import "./bubble-menu.css";
import type { Row } from "../../chat/rows.ts";
import { Icon } from "../../shared/icons.tsx";
import { Menu } from "../../shared/overlay/menu.tsx";
import { usePage } from "../../shared/page.tsx";
import { useActions } from "../actions/actions.ts";

/** The six emoji that WhatsApp offers first. */
const EMOJI = ["👍", "❤️", "😂", "😮", "😢", "🙏"];

/** Menu of one message: react or reply. The same reaction again removes it. */
export function BubbleMenu({ row, anchor, onClose }: { row: Row; anchor: DOMRect; onClose(): void }) {
  const { texts } = usePage();
  const actions = useActions();
  const { message, reactions } = row;
  return (
    <Menu anchor={anchor} label={texts.chat.openMenu} className="bubble-menu" onClose={onClose}>
      {EMOJI.map((emoji) => (
        <Reaction key={emoji} emoji={emoji} row={row} own={reactions.customer === emoji} />
      ))}
      <button type="button" role="menuitem" tabIndex={-1} onClick={() => actions.quote(message)}>
        <Icon name="reply" />
        {texts.simulator.menu.reply}
      </button>
    </Menu>
  );
}

function Reaction({ emoji, row, own }: { emoji: string; row: Row; own: boolean }) {
  const { menu } = usePage().texts.simulator;
  const actions = useActions();
  const { waMessageId } = row.message;
  const react = () => {
    if (waMessageId === null) return;
    actions.write({ type: "reaction", waMessageId, emoji: own ? "" : emoji }, { replyTo: null });
  };
  return (
    <button
      type="button"
      role="menuitemcheckbox"
      aria-checked={own}
      aria-label={own ? menu.unreact(emoji) : menu.react(emoji)}
      tabIndex={-1}
      onClick={react}
    >
      {emoji}
    </button>
  );
}
