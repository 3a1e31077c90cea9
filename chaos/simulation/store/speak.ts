import type { ClaimRef } from "../../../lib/types/turn-store.ts";
import { heldBy } from "./held.ts";
import { type ConversationRow, deliveryRank, type Session } from "./tables.ts";

/** `may_send`: nobody else has the conversation, unless this turn called them, and its reader has not opted out since. */
export function maySpeak(
  { tables, bugs }: Session,
  talk: ConversationRow,
  turnId: string,
  throughSeq: number,
): boolean {
  if (bugs.has("drafts sent whoever has the conversation")) return true;
  const called = tables.handoffs.some((handoff) => handoff.turnId === turnId && !handoff.handedBack);
  if (talk.status !== "bot" && !called) return false;
  const person = tables.users.find(({ id }) => id === talk.userId);
  if (!person || person.optedOutAt === null) return true;
  return !tables.messages.some(
    ({ conversationId, opt, sentAt, seq }) =>
      conversationId === talk.id &&
      opt === "stop" &&
      sentAt === person.optChangedAt &&
      (seq ?? Infinity) > throughSeq,
  );
}

/** `check_before_send`. */
export function checkBeforeSend(
  session: Session,
  claim: ClaimRef,
  previousId: string | null,
): { maySend: boolean; reached: boolean } {
  const talk = heldBy(session, claim);
  const previous = session.tables.messages.find(
    ({ id, conversationId }) => id === previousId && conversationId === talk?.id,
  );
  return {
    maySend: talk !== null && maySpeak(session, talk, claim.turnId, claim.throughSeq),
    reached: !previous || deliveryRank(previous.state) >= 2,
  };
}
