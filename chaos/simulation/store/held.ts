import type { ClaimRef } from "../../../lib/types/turn-store.ts";
import type { ConversationRow, Session } from "./tables.ts";

/** The conversation, when the claim still holds it. */
export function heldBy({ tables, bugs }: Session, claim: ClaimRef): ConversationRow | null {
  const talk = tables.conversations.find(({ id }) => id === claim.conversationId);
  if (!talk) return null;
  return talk.epoch === claim.epoch || bugs.has("epoch not checked") ? talk : null;
}
