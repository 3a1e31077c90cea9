import type { ClaimRef } from "../../../lib/types/turn-store.ts";
import type { ConversationRow, Session } from "./tables.ts";

/** The conversation, when the claim still holds it. */
export function claimedBy({ tables, bugs }: Session, claim: ClaimRef): ConversationRow | null {
  const conversation = tables.conversations.find(({ id }) => id === claim.conversationId);
  if (!conversation) return null;
  return conversation.epoch === claim.epoch || bugs.has("epoch not checked") ? conversation : null;
}
