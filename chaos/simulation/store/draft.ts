import type { ClaimRef, DraftInput, DraftOutcome } from "../../../lib/types/turn-store.ts";
import { answerThrough } from "./answered.ts";
import { openHandoff } from "./handoffs.ts";
import { heldBy } from "./held.ts";
import { maySpeak } from "./speak.ts";
import { type ConversationRow, isUnsettled, type Session } from "./tables.ts";
import { bookUsage } from "./usage.ts";

/** `draft_reply`. */
export function draftReply(session: Session, input: DraftInput): DraftOutcome {
  const { tables, now } = session;
  const talk = heldBy(session, input.claim);
  if (!talk) return { outcome: "lost" };
  const turn = tables.turns.find(({ id }) => id === input.claim.turnId);
  let withhold = talk.status !== "bot";
  const person = tables.users.find(({ id }) => id === talk.userId);
  const stands = input.evenIfOvertaken && (person?.optedOutAt ?? null) === null;
  const overtaken = !withhold && talk.receivedSeq > input.claim.throughSeq && !stands;
  if (!withhold && !overtaken && (talk.windowEndsAt ?? -Infinity) <= now() && input.parts.length > 0)
    return { outcome: "window_closed" };
  if (!withhold && !overtaken)
    withhold = !maySpeak(session, talk, input.claim.turnId, input.claim.throughSeq);
  bookUsage(session, talk, input);
  const { rung, errors } = input.record;
  const state = withhold ? "withheld" : overtaken ? "overtaken" : "drafted";
  if (turn) Object.assign(turn, { state, rung, errors });
  for (const { idempotencyKey } of input.toolCalls) tables.toolCallKeys.add(idempotencyKey);
  if (person && input.language !== null) person.language = input.language;
  if (overtaken) {
    talk.leaseExpiresAt = null;
    return { outcome: "overtaken" };
  }
  writeParts(session, talk, input, withhold);
  if (withhold) {
    if (talk.status === "bot") answerThrough(tables, talk, input.claim, "withheld");
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
  const waitMs = holdAndReserve(session, talk, input.leaseMs, input.parts.length);
  return { outcome: "send", handoffOpened, waitMs };
}

/** Meta's pair rate: one message in 6 s, 45 in a burst. */
const PAIR_MS = 6_000;
const BURST = 45;
const LONGEST_WAIT_MS = 8_000;

/** `reserve_sends`, for numbers whose throughput nobody knows. */
function holdAndReserve({ now }: Session, talk: ConversationRow, leaseMs: number, messages: number): number {
  const freeAt = Math.max(talk.pairFreeAt ?? -Infinity, now());
  const waitMs = Math.max(freeAt - (BURST - 1) * PAIR_MS - now(), 0);
  talk.leaseExpiresAt = now() + leaseMs;
  if (messages > 0 && waitMs <= LONGEST_WAIT_MS) talk.pairFreeAt = freeAt + messages * PAIR_MS;
  return messages === 0 ? 0 : Math.ceil(waitMs);
}

function writeParts(session: Session, talk: ConversationRow, input: DraftInput, withhold: boolean): void {
  const { tables, now } = session;
  const own = tables.messages.filter(({ conversationId }) => conversationId === talk.id);
  const after = Math.max(now(), ...own.map(({ sentAt }) => sentAt));
  for (const [index, { id, message, text, quoteWaMessageId }] of input.parts.entries()) {
    tables.messages.push({
      id,
      tenantId: talk.tenantId,
      conversationId: talk.id,
      direction: "out",
      author: "bot",
      waMessageId: null,
      seq: null,
      state: withhold ? "withheld" : "draft",
      type: message.kind,
      text,
      content: null,
      opt: null,
      quoteWaMessageId,
      turnId: input.claim.turnId,
      sends: withhold ? 0 : 1,
      metaCodes: [],
      sentAt: after + index + 1,
      updatedAt: now(),
    });
  }
}

/** `begin_resend`. */
export function beginResend(
  session: Session,
  claim: ClaimRef,
  messageIds: readonly string[],
  leaseMs: number,
): { leaseHeld: boolean; maySend: boolean; unconfirmed: string[]; waitMs: number } {
  const { tables, now, bugs } = session;
  const talk = heldBy(session, claim);
  if (!talk) return { leaseHeld: false, maySend: false, unconfirmed: [], waitMs: 0 };
  const turnId = tables.messages.find(({ id }) => id === messageIds[0])?.turnId;
  const turn = tables.turns.find(({ id }) => id === turnId);
  if (turn && !maySpeak(session, talk, turn.id, turn.throughSeq)) {
    holdAndReserve(session, talk, leaseMs, 0);
    return { leaseHeld: true, maySend: false, unconfirmed: [], waitMs: 0 };
  }
  const again = tables.messages.filter(
    ({ id, state }) =>
      messageIds.includes(id) && (isUnsettled(state) || bugs.has("resend of what is settled")),
  );
  for (const message of again) Object.assign(message, { sends: message.sends + 1, updatedAt: now() });
  const waitMs = holdAndReserve(session, talk, leaseMs, again.length);
  return { leaseHeld: true, maySend: true, unconfirmed: again.map(({ id }) => id), waitMs };
}
