import { markTaken } from "./handoffs.ts";
import type { ConversationRow, CustomerRow, Session } from "./tables.ts";

/** `merge_customers`. */
export function mergeCustomers(session: Session, keep: CustomerRow, gone: CustomerRow): boolean {
  const { tables, now } = session;
  const kept = tables.conversations.find(({ customerId }) => customerId === keep.id);
  const left = tables.conversations.find(({ customerId }) => customerId === gone.id);
  const both = [kept, left].filter((conversation) => conversation !== undefined);
  const held = both.some(({ leaseExpiresAt }) => (leaseExpiresAt ?? -Infinity) > now());
  const drafted = tables.turns.some(
    ({ conversationId, state }) => state === "drafted" && both.some(({ id }) => id === conversationId),
  );
  if (held || drafted) return false;
  if (!kept && left) left.customerId = keep.id;
  if (kept && left) moveInto(session, kept, left);
  keep.name ??= gone.name;
  keep.language ??= gone.language;
  keep.acceptedPhone ??= gone.acceptedPhone;
  if ((gone.optChangedAt ?? -Infinity) > (keep.optChangedAt ?? -Infinity)) keep.optedOutAt = gone.optedOutAt;
  keep.optChangedAt = latest(keep.optChangedAt, gone.optChangedAt);
  keep.wayBackToldAt = latest(keep.wayBackToldAt, gone.wayBackToldAt);
  tables.customers.splice(tables.customers.indexOf(gone), 1);
  return true;
}

function moveInto(session: Session, kept: ConversationRow, left: ConversationRow): void {
  const { tables } = session;
  const moved = tables.messages.filter(({ conversationId }) => conversationId === left.id);
  for (const message of moved) {
    if ((message.seq ?? Infinity) > left.answeredSeq) continue;
    message.seq = null;
    if (left.status === "human" && message.turnId === null) tables.leftToOperators.add(message.id);
  }
  const waiting = moved.filter(({ seq }) => seq !== null).sort((a, b) => (a.seq ?? 0) - (b.seq ?? 0));
  for (const [index, message] of waiting.entries()) message.seq = kept.receivedSeq + index + 1;
  for (const message of moved) message.conversationId = kept.id;
  for (const turn of tables.turns) if (turn.conversationId === left.id) turn.conversationId = kept.id;
  const open = tables.handoffs.some(
    ({ conversationId, handedBack }) => conversationId === kept.id && !handedBack,
  );
  const taken = tables.handoffs.some(
    ({ conversationId, handedBack, taken }) =>
      (conversationId === kept.id || conversationId === left.id) && !handedBack && taken,
  );
  for (const handoff of tables.handoffs) {
    if (handoff.conversationId !== left.id) continue;
    if (open) handoff.handedBack = true;
    handoff.conversationId = kept.id;
  }
  if (taken) markTaken(session, kept);
  if (waiting.length > 0) kept.unreadSince = earliest(kept.unreadSince, left.unreadSince);
  if (left.status === "human") kept.status = "human";
  kept.assignee ??= left.assignee;
  kept.joined.push(left.id, ...left.joined);
  kept.receivedSeq += waiting.length;
  kept.windowEndsAt = latest(kept.windowEndsAt, left.windowEndsAt);
  kept.nextLimitNoticeAt = latest(kept.nextLimitNoticeAt, left.nextLimitNoticeAt);
  kept.pairFreeAt = latest(kept.pairFreeAt, left.pairFreeAt);
  tables.conversations.splice(tables.conversations.indexOf(left), 1);
}

const latest = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? (a ?? b) : Math.max(a, b);

const earliest = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? (a ?? b) : Math.min(a, b);
