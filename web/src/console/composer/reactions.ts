import type { Sending, SendMessage } from "../../../../contracts/console/acts.ts";
import type { ThreadMessage } from "../../../../contracts/console/thread.ts";
import { api } from "../client/api.ts";
import type { ConversationProps } from "../outbox/conversation-props.ts";
import { useConversationPath } from "../outbox/paths.ts";
import { refusalOf } from "../outbox/refusals.ts";
import { useTexts } from "../shell/texts.ts";
import { useToasts } from "../shell/toasts.tsx";

/** The reaction that the business has put on a message; null when there is none. */
export function ownReaction(messages: readonly ThreadMessage[], waMessageId: string | null): string | null {
  const last = messages.findLast(
    ({ direction, content, status }) =>
      direction === "out" &&
      status !== "failed" &&
      content?.kind === "reaction" &&
      content.waMessageId === waMessageId,
  );
  return last?.content?.kind === "reaction" ? last.content.emoji || null : null;
}

/** Puts an emoji on a message, or takes it away with an empty one; a failure is said in words. */
export function useReact({ view, onMessage }: ConversationProps) {
  const path = useConversationPath(view.row.id)("/messages");
  const toasts = useToasts();
  const { refusals } = useTexts().composer;
  return async (waMessageId: string, emoji: string): Promise<void> => {
    const body: SendMessage = {
      id: crypto.randomUUID(),
      message: { kind: "reaction", waMessageId, emoji },
      quoteWaMessageId: null,
      seenAt: view.messages.at(-1)?.at ?? 0,
    };
    try {
      onMessage((await api<Sending>(path, { body })).message);
    } catch (error) {
      toasts.show({ kind: "bad", text: refusals[refusalOf(error)] });
    }
  };
}
