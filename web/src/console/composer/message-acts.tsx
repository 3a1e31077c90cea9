import { lazy, Suspense } from "react";
import type { ThreadMessage } from "../../../../contracts/console/thread.ts";
import { plainText } from "../../chat/text/formatting.ts";
import { Icon } from "../../shared/icons.tsx";
import { ActIcon } from "../outbox/act-icon.tsx";
import type { ConversationProps } from "../outbox/conversation-props.ts";
import { quoteMessage } from "../outbox/drafts.ts";
import { KeyedStore, useKeyed } from "../outbox/store.ts";
import { useLock } from "../outbox/use-lock.ts";
import { useTexts } from "../shell/texts.ts";
import { ownReaction, useReact } from "./reactions.ts";

const EmojiPicker = lazy(() => import("./emoji/emoji-picker.tsx").then((m) => ({ default: m.EmojiPicker })));

const QUICK = ["👍", "❤️", "😂", "😮", "🙏"];

type Props = ConversationProps & { message: ThreadMessage };

/** The message that all emoji are offered for, with the place of the picker, by conversation. */
const picking = new KeyedStore<{ message: ThreadMessage; anchor: DOMRect } | null>(null);

/** Items of a bubble's menu: react, reply with a quote, copy. */
export function MessageActs({ message, ...props }: Props) {
  const { message: words } = useTexts().composer;
  const { row, messages } = props.view;
  const react = useReact(props);
  const free = useLock(row) === null;
  const { waMessageId, text } = message;
  const own = ownReaction(messages, waMessageId);
  return (
    <>
      {free && waMessageId !== null && (
        <div className="message-reactions">
          {QUICK.map((emoji) => (
            <button
              key={emoji}
              type="button"
              role="menuitemcheckbox"
              tabIndex={-1}
              aria-checked={own === emoji}
              aria-label={own === emoji ? words.unreact(emoji) : words.react(emoji)}
              onClick={() => void react(waMessageId, own === emoji ? "" : emoji)}
            >
              {emoji}
            </button>
          ))}
          <button
            type="button"
            role="menuitem"
            tabIndex={-1}
            aria-label={words.moreEmoji}
            onClick={({ currentTarget }) =>
              picking.set(row.id, { message, anchor: currentTarget.getBoundingClientRect() })
            }
          >
            <ActIcon name="emoji" />
          </button>
        </div>
      )}
      {free && waMessageId !== null && (
        <Item icon="reply" onChoose={() => quote(row.id, message)}>
          {words.reply}
        </Item>
      )}
      {text !== null && text !== "" && (
        <Item icon="document" onChoose={() => void navigator.clipboard?.writeText(plainText(text))}>
          {words.copy}
        </Item>
      )}
    </>
  );
}

function Item({
  icon,
  onChoose,
  children,
}: {
  icon: "reply" | "document";
  onChoose(): void;
  children: string;
}) {
  return (
    <button type="button" role="menuitem" tabIndex={-1} className="message-act" onClick={onChoose}>
      <Icon name={icon} />
      {children}
    </button>
  );
}

function quote(conversationId: string, message: ThreadMessage): void {
  quoteMessage(conversationId, message);
  // After the menu gave the focus back to the bubble.
  setTimeout(() => document.querySelector<HTMLElement>(".write-box")?.focus());
}

/** All emoji for a reaction, near the menu that asked for them. */
export function ReactionPicker(props: ConversationProps) {
  const { id } = props.view.row;
  const react = useReact(props);
  const picked = useKeyed(picking, id);
  const waMessageId = picked?.message.waMessageId ?? null;
  if (!picked || waMessageId === null) return null;
  return (
    <Suspense>
      <EmojiPicker
        anchor={picked.anchor}
        onClose={() => picking.set(id, null)}
        onChoose={(emoji) => void react(waMessageId, emoji)}
      />
    </Suspense>
  );
}
