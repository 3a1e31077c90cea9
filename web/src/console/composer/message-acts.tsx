import type { ThreadMessage } from "../../../../contracts/console/thread.ts";
import type { ConversationProps } from "../outbox/conversation-props.ts";

/** Items of a bubble's menu: reply with a quote, react, copy. Elements of the role `menuitem`. */
export function MessageActs({ view, message }: ConversationProps & { message: ThreadMessage }) {
  return <span hidden data-conversation={view.row.id} data-message={message.id} />;
}
