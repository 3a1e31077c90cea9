import type { ConversationView } from "../../../../contracts/console/thread.ts";

/** Bubbles of messages that the server has not stored yet, with "try again": the last children of the thread's list. */
export function SendingBubbles({ view }: { view: ConversationView }) {
  return <li hidden data-conversation={view.row.id} />;
}
