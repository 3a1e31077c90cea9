import type { ConversationProps } from "../outbox/conversation-props.ts";

/** Message box of the open conversation. */
export function Composer({ view }: ConversationProps) {
  return <section data-conversation={view.row.id} />;
}
