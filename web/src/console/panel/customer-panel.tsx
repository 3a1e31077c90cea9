import type { ConversationProps } from "../outbox/conversation-props.ts";

/** Everything about the customer beside the thread; on a phone it is a view of its own. */
export function CustomerPanel({ view }: ConversationProps) {
  return <aside data-conversation={view.row.id} />;
}
