import type { FailureEffect, Received } from "../../../lib/types/inbox-store.ts";
import { openHandoff } from "./handoffs.ts";
import type { Session } from "./tables.ts";

/**
 * `apply_failure`, for companies without a template: a person takes over what could not be said in time.
 * `throughSeq` is the newest message that the reply answers, whose turn may still be under way.
 */
export function applyFailure(
  session: Session,
  conversationId: string,
  effect: FailureEffect,
  throughSeq: number,
): Received["handoffs"][number] | null {
  const { tables } = session;
  const talk = tables.conversations.find(({ id }) => id === conversationId);
  if (effect !== "reengage" || !talk || talk.status !== "bot") return null;
  if (talk.receivedSeq > Math.max(talk.answeredSeq, throughSeq)) return null;
  const reason = "window_closed";
  const summary = "The answer could not be delivered: the 24-hour window had closed.";
  const opened = openHandoff(session, talk, null, { reason, summary });
  talk.status = "human";
  const profile = tables.tenants.find(({ id }) => id === talk.tenantId)?.profile;
  const language = tables.users.find(({ id }) => id === talk.userId)?.language ?? profile?.language;
  if (!opened || !profile || !language) return null;
  return { conversationId, companyName: profile.name, reason, language };
}
