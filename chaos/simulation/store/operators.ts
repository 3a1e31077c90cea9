import { markTaken, openHandoff } from "./handoffs.ts";
import type { ConversationRow, Session } from "./tables.ts";

/** One press of an operator: written down once, however often it is made. */
export interface Press {
  id: string;
  conversationId: string;
  operator: string;
}

/** What a press came to; `covers`: the customer's messages that it answers, `turnId` its turn. */
export type Pressed =
  | { outcome: "stored"; turnId: string; covers: string[] }
  | { outcome: "repeated" | "refused" };

const TAKEN = "An operator took the conversation in the console.";

/** `give_conversation_to`. */
function give(session: Session, conversation: ConversationRow, operator: string): void {
  openHandoff(session, conversation, null, { reason: "taken_over", summary: TAKEN });
  markTaken(session, conversation);
  if (!session.bugs.has("the bot goes on beside an operator")) conversation.status = "human";
  conversation.assignee = operator;
}

/** `taken_by_other`. */
const isTakenByOther = ({ bugs }: Session, { assignee }: ConversationRow, operator: string): boolean =>
  assignee !== null && assignee !== operator && !bugs.has("sent in a colleague's conversation");

/** `take_conversation`; false when a colleague has it. */
export function takeConversation(session: Session, conversation: ConversationRow, operator: string): boolean {
  if (isTakenByOther(session, conversation, operator)) return false;
  give(session, conversation, operator);
  return true;
}

/** `send_as_operator`. */
export function sendAsOperator(session: Session, conversation: ConversationRow, press: Press): Pressed {
  const { tables, now, newId, bugs } = session;
  const known = tables.messages.some(({ pressId }) => pressId === press.id);
  if (known && !bugs.has("a press written down twice")) return { outcome: "repeated" };
  const customer = tables.customers.find(({ id }) => id === conversation.customerId);
  const closed = (conversation.windowEndsAt ?? -Infinity) <= now();
  if (isTakenByOther(session, conversation, press.operator) || customer?.optedOutAt !== null || closed)
    return { outcome: "refused" };
  give(session, conversation, press.operator);
  const covers = openMessages(session, conversation);
  const { id: conversationId, tenantId, epoch, receivedSeq, answeredSeq } = conversation;
  const turnId = newId();
  const throughSeq = bugs.has("an operator's message answers nothing") ? answeredSeq : receivedSeq + 1;
  const ready = { state: "drafted", rung: "operator", errors: [] };
  makeWay(session, conversation);
  tables.turns.push({ id: turnId, conversationId, epoch, throughSeq, ...ready });
  const own = tables.messages.filter((message) => message.conversationId === conversation.id);
  tables.messages.push({
    ...{ id: known ? newId() : press.id, pressId: press.id, tenantId, conversationId, turnId },
    ...{ direction: "out", author: "operator", waMessageId: null, seq: null, state: "draft", type: "text" },
    ...{ text: "from a person", content: null, opt: null, quoteWaMessageId: null, plainFormOf: null },
    ...{
      sends: 0,
      metaCodes: [],
      updatedAt: now(),
      sentAt: Math.max(now(), ...own.map(({ sentAt }) => sentAt)) + 1,
    },
  });
  conversation.receivedSeq += 1;
  conversation.unreadSince = Math.min(conversation.unreadSince ?? Infinity, now());
  return { outcome: "stored", turnId, covers };
}

/** `make_way_for_operator`. */
function makeWay({ tables }: Session, conversation: ConversationRow): void {
  const sending = tables.turns.some(
    ({ conversationId, state }) => conversationId === conversation.id && state === "drafted",
  );
  if (conversation.leaseExpiresAt !== null && sending) return;
  Object.assign(conversation, {
    epoch: conversation.epoch + 1,
    leaseExpiresAt: null,
    attempts: 0,
    retryAt: null,
  });
}

/** Messages of the customer that nothing written down answers yet. */
function openMessages({ tables }: Session, conversation: ConversationRow): string[] {
  const waiting = tables.turns.filter(
    ({ conversationId, state }) => conversationId === conversation.id && state === "drafted",
  );
  const through = Math.max(conversation.answeredSeq, ...waiting.map(({ throughSeq }) => throughSeq));
  return tables.messages
    .filter(({ conversationId, seq }) => conversationId === conversation.id && seq !== null && seq > through)
    .map(({ id }) => id);
}

/** `operator_waits`. */
export const operatorWaits = ({ tables }: Session, { id }: ConversationRow, besides: string): boolean =>
  tables.turns.some(
    (turn) =>
      turn.conversationId === id &&
      turn.state === "drafted" &&
      turn.rung === "operator" &&
      turn.id !== besides,
  );
