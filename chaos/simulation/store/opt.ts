import type { ReceiveBatch } from "../../../lib/types/inbox-store.ts";
import type { ConversationRow, CustomerRow, Session } from "./tables.ts";

type Message = ReceiveBatch["messages"][number];

/** The opt-out or opt-in in a message; null when it changes nothing (`opt_change`), or may answer our last message. */
export function optChange(
  session: Session,
  conversation: ConversationRow,
  { opt, optUnlessAnswer, contextId, timestampMs }: Message,
  customer: CustomerRow,
): "stop" | "start" | null {
  const change = changeOf({ opt, timestampMs }, customer);
  const answers =
    change !== null &&
    optUnlessAnswer !== null &&
    mayAnswerUs(session, conversation, optUnlessAnswer, contextId);
  return answers ? null : change;
}

function changeOf({ opt, timestampMs }: Pick<Message, "opt" | "timestampMs">, customer: CustomerRow) {
  if (customer.optChangedAt !== null && timestampMs < customer.optChangedAt) return null;
  return (opt === "stop") === (customer.optedOutAt === null) ? opt : null;
}

/** `may_answer_us`. */
function mayAnswerUs(
  { tables }: Session,
  conversation: ConversationRow,
  word: string,
  quote: string | null,
): boolean {
  const ours = tables.messages.filter(
    ({ conversationId, direction, state, sends }) =>
      conversationId === conversation.id &&
      direction === "out" &&
      !["withheld", "failed"].includes(state) &&
      !(state === "draft" && sends === 0),
  );
  const quoted = ours.find(({ waMessageId }) => waMessageId !== null && waMessageId === quote);
  const said = (quoted ?? ours.toSorted((a, b) => a.sentAt - b.sentAt).at(-1))?.text ?? null;
  if (said === null) return false;
  return (conversation.status === "bot" && said.includes("?")) || said.toLowerCase().includes(word);
}

/** `apply_opt`. */
export function applyOpt(
  session: Session,
  conversationId: string,
  customer: CustomerRow,
  { opt, at }: { opt: "stop" | "start"; at: number },
): void {
  Object.assign(customer, { optedOutAt: opt === "stop" ? at : null, optChangedAt: at, wayBackToldAt: null });
  for (const message of session.tables.messages) {
    const unsent = message.direction === "out" && message.state === "draft" && message.sends === 0;
    if (message.conversationId === conversationId && unsent)
      Object.assign(message, { state: "withheld", updatedAt: session.now() });
  }
}

/** `opt_out_in_turn`. */
export function optOutInTurn(session: Session, conversation: ConversationRow, messageId: string): void {
  const { messages, customers } = session.tables;
  const message = messages.find(
    ({ id, conversationId, direction }) =>
      id === messageId && conversationId === conversation.id && direction === "in",
  );
  const customer = customers.find(({ id }) => id === conversation.customerId);
  if (!message || !customer || changeOf({ opt: "stop", timestampMs: message.sentAt }, customer) === null)
    return;
  message.opt = "stop";
  applyOpt(session, conversation.id, customer, { opt: "stop", at: message.sentAt });
}
