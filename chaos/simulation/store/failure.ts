import type { FailureEffect, Received } from "../../../lib/types/inbox-store.ts";
import { openHandoff } from "./handoffs.ts";
import type { AppliedEffect, ConversationRow, MessageRow, Session } from "./tables.ts";

type Handoff = Received["handoffs"][number];

/** `effects_of_report`, without templates. */
export function effectsOfReport({ id }: MessageRow, effect: FailureEffect | null): AppliedEffect[] {
  if (effect === "plain_form") return [`plain_form:${id}`];
  if (effect === "slow_down") return ["slow_down", `plain_form:${id}`];
  return effect ? [effect] : [];
}

/**
 * `apply_failure`, for companies without a template: an operator takes over. `throughSeq` is the newest message that the
 * reply answers; its turn may still be running.
 */
export function applyFailure(
  session: Session,
  conversationId: string,
  effect: AppliedEffect,
  throughSeq: number,
): Handoff | "unread" | null {
  const { tables } = session;
  const conversation = tables.conversations.find(({ id }) => id === conversationId);
  if (!conversation) return null;
  if (effect.startsWith("plain_form:")) return draftPlainForm(session, effect.slice("plain_form:".length));
  if (effect === "call_operator") {
    const failed = tables.messages
      .filter(
        (row) =>
          row.conversationId === conversationId &&
          row.direction === "out" &&
          (row.state === "failed" || row.state === "ambiguous"),
      )
      .sort((a, b) => b.sentAt - a.sentAt)[0];
    return reportUndelivered(session, conversation, failed?.metaCodes ?? []);
  }
  if (effect !== "reengage" || conversation.status !== "bot") return null;
  if (conversation.receivedSeq > Math.max(conversation.answeredSeq, throughSeq)) return null;
  const summary = "The answer could not be delivered: the 24-hour window had closed.";
  return callOperator(session, conversation, { reason: "window_closed", summary });
}

/** `draft_plain_form`. */
function draftPlainForm(session: Session, messageId: string): Handoff | "unread" | null {
  const { tables, now, newId } = session;
  const message = tables.messages.find(({ id }) => id === messageId);
  const turn = tables.turns.find(({ id }) => id === message?.turnId);
  const conversation = tables.conversations.find(({ id }) => id === message?.conversationId);
  if (!message || !turn || !conversation || message.author !== "bot") return null;
  const isPlain = message.type === "text" && message.quoteWaMessageId === null;
  if (turn.rung === "plain_form" || message.sends > 1 || isPlain)
    return reportUndelivered(session, conversation, message.metaCodes);
  if (conversation.status !== "bot" || hasOptedOut(session, conversation)) return null;
  const turnId = newId();
  const { id: conversationId, epoch, answeredSeq } = conversation;
  tables.turns.push({
    ...{ id: turnId, conversationId, epoch, throughSeq: answeredSeq },
    ...{ state: "drafted", rung: "plain_form", errors: [] },
  });
  const { tenantId, direction, author, type, text, content, quoteWaMessageId } = message;
  tables.messages.push({
    ...{ id: newId(), tenantId, conversationId, direction, author, type, text, content, quoteWaMessageId },
    ...{ waMessageId: null, seq: null, state: "draft", opt: null, turnId, sends: 0, metaCodes: [] },
    ...{ sentAt: now(), updatedAt: now(), plainFormOf: messageId },
  });
  conversation.receivedSeq += 1;
  conversation.unreadSince = Math.min(conversation.unreadSince ?? Infinity, now());
  return "unread";
}

/** `report_undelivered`. */
function reportUndelivered(
  session: Session,
  conversation: ConversationRow,
  [code]: readonly number[],
): Handoff | null {
  if (conversation.status !== "bot" || hasOptedOut(session, conversation)) return null;
  const refused = `Meta refused it${code === undefined ? "" : ` with code ${code}`}`;
  const summary = `The answer could not be delivered: ${refused}.`;
  return callOperator(session, conversation, { reason: "not_delivered", summary });
}

/** `has_opted_out`. */
const hasOptedOut = ({ tables }: Session, { customerId }: ConversationRow): boolean =>
  tables.customers.some(({ id, optedOutAt }) => id === customerId && optedOutAt !== null);

/** `call_operator`. */
function callOperator(
  session: Session,
  conversation: ConversationRow,
  handoff: { reason: string; summary: string },
): Handoff | null {
  const { tables } = session;
  const opened = openHandoff(session, conversation, null, handoff);
  conversation.status = "human";
  const profile = tables.tenants.find(({ id }) => id === conversation.tenantId)?.profile;
  const language =
    tables.customers.find(({ id }) => id === conversation.customerId)?.language ?? profile?.language;
  if (!opened || !profile || !language) return null;
  const { tenantId, id: conversationId } = conversation;
  return {
    tenantId,
    conversationId,
    companyName: profile.name,
    companyLanguage: profile.language,
    reason: handoff.reason,
    language,
  };
}
