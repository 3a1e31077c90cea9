import type { ConversationRow, Session } from "./tables.ts";

/** One handoff is open at a time; false when one already is. */
export function openHandoff(
  { tables }: Session,
  talk: ConversationRow,
  turnId: string | null,
  { reason, summary }: { reason: string; summary: string },
): boolean {
  const conversationId = talk.id;
  if (tables.handoffs.some((open) => open.conversationId === conversationId && !open.handedBack))
    return false;
  tables.handoffs.push({ conversationId, turnId, reason, summary, notified: false, handedBack: false });
  return true;
}
