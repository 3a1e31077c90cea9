import type { ClaimRef } from "../../../lib/types/turn-store.ts";
import { type ConversationRow, deliveryRank, isUnconfirmed, type Session, type Tables } from "./tables.ts";

/** `cover_messages` and `mark_answered`. */
export function answerThrough(
  tables: Tables,
  conversation: ConversationRow,
  claim: ClaimRef,
  result: "answered" | "dead" | "withheld" | "failed",
): void {
  for (const message of tables.messages) {
    const { conversationId, direction, turnId, seq } = message;
    if (conversationId !== conversation.id || direction !== "in" || turnId !== null || seq === null) continue;
    if (seq <= conversation.answeredSeq || seq > claim.throughSeq) continue;
    message.turnId = claim.turnId;
    if (result === "dead") message.state = "dead";
  }
  conversation.answeredSeq = Math.max(conversation.answeredSeq, claim.throughSeq);
}

/** `withhold_waiting`. */
export function withholdWaiting({ tables, now }: Session, conversation: ConversationRow, own: string): void {
  if (conversation.status === "bot") return;
  for (const turn of tables.turns) {
    const { id, conversationId, state } = turn;
    if (conversationId !== conversation.id || state !== "drafted" || id === own) continue;
    if (turn.rung === "operator") continue;
    turn.state = "withheld";
    for (const message of tables.messages)
      if (message.turnId === id && message.direction === "out" && isUnconfirmed(message.state))
        Object.assign(message, { state: "withheld", updatedAt: now() });
  }
}

/** `confirm_turn`. */
export function confirmTurn({ tables, now }: Session, turnId: string | null): void {
  const turn = tables.turns.find(({ id }) => id === turnId);
  const own = tables.messages.filter((message) => message.turnId === turnId);
  const said = own.filter(({ direction }) => direction === "out").map(({ state }) => state);
  const open = said.some((state) => ["draft", "ambiguous", "failed"].includes(state));
  const arrived = said.some((state) => deliveryRank(state) > 0);
  if ((turn?.state !== "dead" && turn?.state !== "failed") || turn.rung === "apology" || open || !arrived)
    return;
  turn.state = "answered";
  for (const message of own)
    if (message.direction === "in" && message.state === "dead")
      Object.assign(message, { state: "received", updatedAt: now() });
}
