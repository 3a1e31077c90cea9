import { fieldOf, fieldsOf } from "../../../lib/json/lenient.ts";
import type { ReceiveBatch } from "../../../lib/types/inbox-store.ts";
import { byWaMessageId, type ConversationRow, type Session } from "./tables.ts";

type Message = ReceiveBatch["messages"][number];

/** True for an edit or a deletion. */
export const isChange = ({ type }: Pick<Message, "type">): boolean => type === "edit" || type === "revoke";

/** `change_message` and `answer_again`. */
export function changeMessage(
  { tables, now }: Session,
  conversation: ConversationRow,
  change: Message,
): void {
  const fields = fieldsOf(change.content);
  const named = byWaMessageId(tables, conversation.tenantId, String(fieldOf(fields, "original_message_id")));
  if (!named || named.conversationId !== conversation.id || named.direction !== "in") return;
  const words = fieldOf(fieldsOf(fieldOf(fieldsOf(fieldOf(fields, "message")), "text")), "body");
  if (change.type === "revoke") {
    named.text = null;
    if (named.state !== "rate_limited") named.state = "revoked";
  } else if (typeof words === "string") named.text = words;
  Object.assign(named, { updatedAt: now() });
  if (named.seq === null || named.seq <= conversation.answeredSeq || named.turnId !== null) return;
  conversation.receivedSeq += 1;
  named.seq = conversation.receivedSeq;
  conversation.unreadSince = Math.min(conversation.unreadSince ?? Infinity, now());
}
