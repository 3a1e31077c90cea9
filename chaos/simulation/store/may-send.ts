import type { ClaimRef } from "../../../lib/types/turn-store.ts";
import { type ConversationRow, claimedBy, deliveryRank, type Session } from "./tables.ts";

/** `may_send`: the bot has the conversation, or this turn opened the handoff, and the customer has not opted out since. */
export function maySend(
  { tables, bugs }: Session,
  conversation: ConversationRow,
  turnId: string,
  throughSeq: number,
): boolean {
  if (bugs.has("drafts sent whoever has the conversation")) return true;
  const called = tables.handoffs.some((handoff) => handoff.turnId === turnId && !handoff.handedBack);
  const customer = tables.customers.find(({ id }) => id === conversation.customerId);
  if (conversation.status !== "bot" && !called) {
    const turn = tables.turns.find(({ id }) => id === turnId);
    if (bugs.has("an operator's words withheld as the bot's")) return false;
    return turn?.rung === "operator" && customer?.optedOutAt === null;
  }
  if (!customer || customer.optedOutAt === null) return true;
  return !tables.messages.some(
    ({ conversationId, opt, sentAt, seq }) =>
      conversationId === conversation.id &&
      opt === "stop" &&
      sentAt === customer.optChangedAt &&
      (seq ?? Infinity) > throughSeq,
  );
}

/** `check_before_send`. */
export function checkBeforeSend(
  session: Session,
  claim: ClaimRef,
  previousId: string | null,
): { maySend: boolean; reached: boolean } {
  const conversation = claimedBy(session, claim);
  const previous = session.tables.messages.find(
    ({ id, conversationId }) => id === previousId && conversationId === conversation?.id,
  );
  return {
    maySend: conversation !== null && maySend(session, conversation, claim.turnId, claim.throughSeq),
    reached: !previous || deliveryRank(previous.state) >= 2,
  };
}
