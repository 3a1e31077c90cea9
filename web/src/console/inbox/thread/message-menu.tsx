import { type ReactNode, type RefObject, useState } from "react";
import type { ThreadMessage } from "../../../../../contracts/console/thread.ts";
import { useBubbleMenu } from "../../../chat/thread-hooks.ts";
import { Menu } from "../../../shared/overlay/menu.tsx";
import { useKeyedAct } from "../../shell/commands.ts";
import { useTexts } from "../../shell/texts.ts";

interface Props {
  log: RefObject<HTMLDivElement | null>;
  messages: readonly ThreadMessage[];
  items(message: ThreadMessage): ReactNode;
}

/** Menu of one message, opened at its bubble; by key, at the customer's newest. */
export function MessageMenu({ log, messages, items }: Props) {
  const { inbox } = useTexts();
  const [open, setOpen] = useState<{ id: string; anchor: DOMRect } | null>(null);
  useBubbleMenu(log, (id, anchor) => setOpen({ id, anchor }));
  useKeyedAct("message", () => {
    const bubbles = log.current?.querySelectorAll<HTMLElement>(".bubble-customer[data-message]");
    const newest = [...(bubbles ?? [])].at(-1);
    newest?.scrollIntoView({ block: "nearest" });
    if (newest) setOpen({ id: newest.dataset.message ?? "", anchor: newest.getBoundingClientRect() });
  });
  const message = open && messages.find((one) => one.id === open.id);
  if (!open || !message) return null;
  return (
    <Menu
      anchor={open.anchor}
      label={inbox.thread.menu}
      className="message-menu"
      onClose={() => setOpen(null)}
    >
      {items(message)}
    </Menu>
  );
}
