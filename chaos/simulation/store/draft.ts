import type { DraftInput, DraftOutcome, Held } from "../../../lib/ports.ts";
import { isUnsettled } from "./claim.ts";
import type { ConversationRow, Session } from "./tables.ts";

/** The conversation, when the claim still holds it. */
export function heldBy({ tables, bugs }: Session, claim: Held): ConversationRow | null {
  const talk = tables.conversations.find(({ id }) => id === claim.conversationId);
  if (!talk) return null;
  return talk.epoch === claim.epoch || bugs.has("epoch not checked") ? talk : null;
}

/** `draft_reply` of 0004. */
export function draftReply(session: Session, input: DraftInput): DraftOutcome {
  const { tables, now } = session;
  const talk = heldBy(session, input.claim);
  if (!talk) return { outcome: "lost" };
  const turn = tables.turns.find(({ id }) => id === input.claim.turnId);
  const withhold = talk.status !== "bot";
  const overtaken = !withhold && talk.receivedSeq > input.claim.throughSeq && !input.evenIfOvertaken;
  const { rung, errors } = input.record;
  const state = withhold ? "withheld" : overtaken ? "overtaken" : "drafted";
  if (turn) Object.assign(turn, { state, rung, errors });
  for (const { idempotencyKey } of input.toolCalls) tables.toolCallKeys.add(idempotencyKey);
  const person = tables.users.find(({ id }) => id === talk.userId);
  if (person) person.language = input.language;
  if (overtaken) {
    talk.leaseExpiresAt = null;
    return { outcome: "overtaken" };
  }
  writeParts(session, talk, input, withhold);
  if (withhold) {
    Object.assign(talk, {
      leaseExpiresAt: null,
      openSince: null,
      attempts: 0,
      answeredSeq: talk.receivedSeq,
    });
    return { outcome: "taken_over" };
  }
  const handoffOpened =
    input.handoff !== null && openHandoff(session, talk, input.claim.turnId, input.handoff);
  if (input.handoff) talk.status = "human";
  talk.leaseExpiresAt = now() + input.leaseMs;
  return { outcome: "send", handoffOpened };
}

function writeParts(session: Session, talk: ConversationRow, input: DraftInput, withhold: boolean): void {
  const { tables, now } = session;
  const own = tables.messages.filter(({ conversationId }) => conversationId === talk.id);
  const after = Math.max(now(), ...own.map(({ sentAt }) => sentAt));
  for (const [index, { id, text, quoteWaMessageId }] of input.parts.entries()) {
    tables.messages.push({
      id,
      conversationId: talk.id,
      direction: "out",
      author: "bot",
      waMessageId: null,
      seq: null,
      state: withhold ? "withheld" : "draft",
      type: "text",
      text,
      content: null,
      quoteWaMessageId,
      turnId: input.claim.turnId,
      sends: withhold ? 0 : 1,
      errorCodes: [],
      sentAt: after + index + 1,
      updatedAt: now(),
    });
  }
}

/** One handoff is open at a time; false when one already is. */
export function openHandoff(
  { tables }: Session,
  talk: ConversationRow,
  turnId: string | null,
  { reason, summary }: { reason: string; summary: string },
): boolean {
  const conversationId = talk.id;
  if (tables.handoffs.some((open) => open.conversationId === conversationId && !open.handedBack))
    return false;
  tables.handoffs.push({ conversationId, turnId, reason, summary, notified: false, handedBack: false });
  return true;
}

/** `begin_resend` of 0004. */
export function beginResend(
  session: Session,
  claim: Held,
  messageIds: readonly string[],
  leaseMs: number,
): { held: boolean; unsettled: string[] } {
  const { tables, now, bugs } = session;
  const talk = heldBy(session, claim);
  if (!talk) return { held: false, unsettled: [] };
  const again = tables.messages.filter(
    ({ id, state }) =>
      messageIds.includes(id) && (isUnsettled(state) || bugs.has("resend of what is settled")),
  );
  for (const message of again) Object.assign(message, { sends: message.sends + 1, updatedAt: now() });
  talk.leaseExpiresAt = now() + leaseMs;
  return { held: true, unsettled: again.map(({ id }) => id) };
}
