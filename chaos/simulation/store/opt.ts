import type { ReceiveBatch } from "../../../lib/types/inbox-store.ts";
import type { CustomerRow, Session } from "./tables.ts";

type Message = Pick<ReceiveBatch["messages"][number], "opt" | "timestampMs">;

/** The opt-out or opt-in in a message; null when it changes nothing. */
export function optChange({ opt, timestampMs }: Message, customer: CustomerRow): "stop" | "start" | null {
  if (customer.optChangedAt !== null && timestampMs < customer.optChangedAt) return null;
  return (opt === "stop") === (customer.optedOutAt === null) ? opt : null;
}

/** Withholds the drafts of a conversation of which no send was begun. */
export function withholdDrafts(session: Session, conversationId: string): void {
  for (const message of session.tables.messages) {
    const unsent = message.direction === "out" && message.state === "draft" && message.sends === 0;
    if (message.conversationId === conversationId && unsent)
      Object.assign(message, { state: "withheld", updatedAt: session.now() });
  }
}
