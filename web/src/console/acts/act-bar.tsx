import type { ConversationProps } from "../outbox/conversation-props.ts";

/** Buttons for what an operator may do with the open conversation. */
export function ActBar({ view }: ConversationProps) {
  return <div role="toolbar" data-conversation={view.row.id} />;
}
