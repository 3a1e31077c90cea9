import type { FailureEffect, Received } from "../../../lib/types/inbox-store.ts";
import { openHandoff } from "./handoffs.ts";
import type { Session } from "./tables.ts";

/**
 * `apply_failure`, for companies without a template: an operator takes over. `throughSeq` is the newest message that the
 * reply answers; its turn may still be running.
 */
export function applyFailure(
  session: Session,
  conversationId: string,
  effect: FailureEffect,
  throughSeq: number,
): Received["handoffs"][number] | null {
  const { tables } = session;
  const conversation = tables.conversations.find(({ id }) => id === conversationId);
  if (effect !== "reengage" || !conversation || conversation.status !== "bot") return null;
  if (conversation.receivedSeq > Math.max(conversation.answeredSeq, throughSeq)) return null;
  const reason = "window_closed";
  const summary = "The answer could not be delivered: the 24-hour window had closed.";
  const opened = openHandoff(session, conversation, null, { reason, summary });
  conversation.status = "human";
  const profile = tables.tenants.find(({ id }) => id === conversation.tenantId)?.profile;
  const language =
    tables.customers.find(({ id }) => id === conversation.customerId)?.language ?? profile?.language;
  if (!opened || !profile || !language) return null;
  return { conversationId, companyName: profile.name, reason, language };
}
