import type { ConversationRow, Session } from "./tables.ts";

/** `open_handoff`. */
export function openHandoff(
  { tables }: Session,
  conversation: ConversationRow,
  turnId: string | null,
  { reason, summary }: { reason: string; summary: string },
): boolean {
  const conversationId = conversation.id;
  if (tables.handoffs.some((open) => open.conversationId === conversationId && !open.handedBack))
    return false;
  tables.handoffs.push({ conversationId, turnId, reason, summary, notified: false, handedBack: false });
  return true;
}
