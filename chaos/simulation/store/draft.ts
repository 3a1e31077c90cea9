import type { Json } from "../../../lib/types/json.ts";
import type { Redrafted } from "../../../lib/types/turn/record.ts";
import type { ClaimRef, DraftInput, DraftOutcome, PartForm } from "../../../lib/types/turn-store.ts";
import { answerThrough, withholdWaiting } from "./answered.ts";
import { requestPerson } from "./handoffs.ts";
import { maySend } from "./may-send.ts";
import { operatorWaits } from "./operators.ts";
import { optOutInTurn } from "./opt.ts";
import { type ConversationRow, claimedBy, isUnconfirmed, type Session } from "./tables.ts";
import { bookUsage } from "./usage.ts";

/** `draft_reply`. */
export function draftReply(session: Session, input: DraftInput): DraftOutcome {
  const { tables, now } = session;
  const conversation = claimedBy(session, input.claim);
  if (!conversation) return { outcome: "lost" };
  const turn = tables.turns.find(({ id }) => id === input.claim.turnId);
  if (input.optOut !== null) optOutInTurn(session, conversation, input.optOut);
  let withhold = conversation.status !== "bot";
  const customer = tables.customers.find(({ id }) => id === conversation.customerId);
  const stands = input.evenIfOvertaken && (customer?.optedOutAt ?? null) === null;
  const overtaken = !withhold && conversation.receivedSeq > input.claim.throughSeq && !stands;
  if (!withhold && !overtaken && (conversation.windowEndsAt ?? -Infinity) <= now() && input.parts.length > 0)
    return { outcome: "window_closed" };
  if (!withhold && !overtaken)
    withhold = !maySend(session, conversation, input.claim.turnId, input.claim.throughSeq);
  bookUsage(session, conversation, input);
  const { rung, errors, intent } = input.record;
  const state = withhold ? "withheld" : overtaken ? "overtaken" : "drafted";
  if (turn) Object.assign(turn, { state, rung, errors, intent });
  for (const { idempotencyKey } of input.toolCalls) tables.toolCallKeys.add(idempotencyKey);
  if (customer && input.language !== null) customer.language = input.language;
  if (overtaken) {
    conversation.leaseExpiresAt = null;
    return { outcome: "overtaken" };
  }
  writeParts(session, conversation, input, withhold);
  if (withhold) {
    if (conversation.status === "bot") answerThrough(tables, conversation, input.claim, "withheld");
    withholdWaiting(session, conversation, input.claim.turnId);
    Object.assign(conversation, {
      leaseExpiresAt: null,
      attempts: 0,
      ...(!operatorWaits(session, conversation, input.claim.turnId) && {
        unreadSince: null,
        answeredSeq: conversation.receivedSeq,
      }),
    });
    return { outcome: "taken_over" };
  }
  const handoffOpened =
    input.handoff !== null && requestPerson(session, conversation, input.claim.turnId, input.handoff);
  if (input.handoff && input.handoff.reason !== "repeating") conversation.status = "human";
  const waitMs = reserveSends(session, conversation, input.leaseMs, input.parts.length);
  return { outcome: "send", handoffOpened, waitMs };
}

/** Meta's pair rate: one message in 6 s, 45 in a burst. */
const PAIR_MS = 6_000;
const BURST = 45;
const LONGEST_WAIT_MS = 8_000;

/** `reserve_sends`, for numbers without a known throughput. */
function reserveSends(
  { now }: Session,
  conversation: ConversationRow,
  leaseMs: number,
  messages: number,
): number {
  const freeAt = Math.max(conversation.pairFreeAt ?? -Infinity, now());
  const waitMs = Math.max(freeAt - (BURST - 1) * PAIR_MS - now(), 0);
  conversation.leaseExpiresAt = now() + leaseMs;
  if (messages > 0 && waitMs <= LONGEST_WAIT_MS) conversation.pairFreeAt = freeAt + messages * PAIR_MS;
  return messages === 0 ? 0 : Math.ceil(waitMs);
}

function writeParts(
  session: Session,
  conversation: ConversationRow,
  input: DraftInput,
  withhold: boolean,
): void {
  const { tables, now } = session;
  const own = tables.messages.filter(({ conversationId }) => conversationId === conversation.id);
  const after = Math.max(now(), ...own.map(({ sentAt }) => sentAt));
  for (const [index, { id, message, text, quoteWaMessageId }] of input.parts.entries()) {
    tables.messages.push({
      id,
      tenantId: conversation.tenantId,
      conversationId: conversation.id,
      direction: "out",
      author: "bot",
      waMessageId: null,
      seq: null,
      state: withhold ? "withheld" : "draft",
      type: message.kind,
      text,
      content: contentOf(message),
      opt: null,
      quoteWaMessageId,
      turnId: input.claim.turnId,
      sends: withhold ? 0 : 1,
      metaCodes: [],
      sentAt: after + index + 1,
      updatedAt: now(),
      plainFormOf: null,
    });
  }
}

const contentOf = (message: PartForm["message"]): Json =>
  message.kind === "text" ? null : JSON.parse(JSON.stringify(message));

/** `redraft_part`. */
export function redraftPart(session: Session, claim: ClaimRef, form: PartForm, leaseMs: number): Redrafted {
  const { tables, now } = session;
  const conversation = claimedBy(session, claim);
  if (!conversation) return { leaseHeld: false, maySend: false, redrafted: false };
  const sendable = maySend(session, conversation, claim.turnId, claim.throughSeq);
  const part = tables.messages.find(
    ({ id, conversationId, state }) =>
      id === form.id && conversationId === conversation.id && isUnconfirmed(state),
  );
  const { message, text, quoteWaMessageId } = form;
  if (part && sendable)
    Object.assign(part, {
      ...{ type: message.kind, text, content: contentOf(message), quoteWaMessageId, updatedAt: now() },
    });
  reserveSends(session, conversation, leaseMs, 0);
  return { leaseHeld: true, maySend: sendable, redrafted: part !== undefined && sendable };
}

/** `begin_resend`. */
export function beginResend(
  session: Session,
  claim: ClaimRef,
  messageIds: readonly string[],
  leaseMs: number,
): { leaseHeld: boolean; maySend: boolean; unconfirmed: string[]; waitMs: number } {
  const { tables, now, bugs } = session;
  const conversation = claimedBy(session, claim);
  if (!conversation) return { leaseHeld: false, maySend: false, unconfirmed: [], waitMs: 0 };
  const turnId = tables.messages.find(({ id }) => id === messageIds[0])?.turnId;
  const turn = tables.turns.find(({ id }) => id === turnId);
  if (turn && !maySend(session, conversation, turn.id, turn.throughSeq)) {
    reserveSends(session, conversation, leaseMs, 0);
    return { leaseHeld: true, maySend: false, unconfirmed: [], waitMs: 0 };
  }
  const again = tables.messages.filter(
    ({ id, state }) =>
      messageIds.includes(id) && (isUnconfirmed(state) || bugs.has("resend of what is settled")),
  );
  for (const message of again) Object.assign(message, { sends: message.sends + 1, updatedAt: now() });
  const waitMs = reserveSends(session, conversation, leaseMs, again.length);
  return { leaseHeld: true, maySend: true, unconfirmed: again.map(({ id }) => id), waitMs };
}
