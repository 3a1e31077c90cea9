import type { Finished, FinishInput, SentPart } from "../../../lib/types/turn-store.ts";
import { answerThrough, confirmTurn, withholdWaiting } from "./answered.ts";
import { applyFailure, effectsOfReport } from "./failure.ts";
import { operatorWaits } from "./operators.ts";
import {
  type AppliedEffect,
  byWaMessageId,
  type ConversationRow,
  claimedBy,
  deliveryRank,
  earlyKey,
  isUnconfirmed,
  movesForward,
  type Session,
  type TurnRow,
} from "./tables.ts";

const STATE = {
  accepted: "sent",
  rejected: "failed",
  ambiguous: "ambiguous",
  withheld: "withheld",
  unsent: null,
} as const;

/** `finish_turn`. */
export function finishTurn(session: Session, input: FinishInput): Finished {
  const { tables, now } = session;
  const { claim, parts, record } = input;
  let result: FinishInput["result"] | "withheld" | "failed" = input.result;
  const conversation = claimedBy(session, claim);
  if (!conversation) {
    recordSends(
      session,
      parts.filter(({ outcome }) => outcome === "accepted"),
    );
    confirmTurn(session, claim.turnId);
    return { leaseHeld: false, hasUnread: false, handoff: null };
  }
  const turn = tables.turns.find(({ id }) => id === claim.turnId);
  const ended = turn !== undefined && turn.state !== "running" && turn.state !== "drafted";
  if (result === "retry" && ended && !session.bugs.has("ended turns tried again")) {
    return { leaseHeld: true, hasUnread: conversation.receivedSeq > conversation.answeredSeq, handoff: null };
  }
  const effects = recordSends(session, parts);
  rememberAcceptedPhone(session, conversation.customerId, parts);
  if (result === "dead" && reachedThemAll(session, input))
    result = parts.some(({ outcome }) => outcome === "unsent") ? "retry" : "answered";
  else effects.push(...effectsOf(input, turn));
  if (turn?.rung === "operator" && result === "dead") result = "failed";
  if (result === "answered" && isWithheld(session, input)) result = "withheld";
  if (input.handoffNotified) {
    for (const handoff of tables.handoffs) if (handoff.turnId === claim.turnId) handoff.notified = true;
  }
  if (turn) {
    turn.state = result === "retry" && turn.state === "drafted" ? "drafted" : result;
    if (record) Object.assign(turn, { rung: record.rung, errors: record.errors, intent: record.intent });
    else if (input.failure !== undefined) turn.errors = [...turn.errors, input.failure];
  }
  if (result === "retry") {
    conversation.epoch += 1;
    conversation.retryAt = now() + input.retryAfterMs;
    for (const message of tables.messages) {
      if (message.turnId === claim.turnId && message.direction === "out" && isUnconfirmed(message.state))
        message.updatedAt = now();
    }
  }
  if (result !== "retry") {
    withholdWaiting(session, conversation, claim.turnId);
    endTurn(session, conversation, input, result);
  }
  conversation.leaseExpiresAt = null;
  const isUnread = () => conversation.receivedSeq > conversation.answeredSeq;
  if (!isUnread()) conversation.unreadSince = null;
  else if (result !== "retry") conversation.unreadSince = now();
  const through = conversation.answeredSeq;
  const changes = effects.map((effect) => applyFailure(session, conversation.id, effect, through));
  const handoff = changes.findLast((change) => change !== null && change !== "unread") ?? null;
  return { leaseHeld: true, hasUnread: result !== "retry" && isUnread(), handoff };
}

/** An operator who could not deliver a message is no reason for a template. */
const effectsOf = ({ effects }: FinishInput, turn: TurnRow | undefined): AppliedEffect[] =>
  effects.flatMap((effect) =>
    effect === "plain_form"
      ? []
      : [turn?.rung === "operator" && effect === "reengage" ? "call_operator" : effect],
  );

/** True for a dead turn of which every message has reached the customer: a send was confirmed meanwhile. */
function reachedThemAll(session: Session, input: FinishInput): boolean {
  const { reason, parts } = input;
  if ((reason !== "refused" && reason !== "unconfirmed") || parts.length === 0) return false;
  return !outbound(session, input).some(({ state }) => state === "failed" || state === "ambiguous");
}

/** True when some part was withheld and none arrived. */
function isWithheld(session: Session, input: FinishInput): boolean {
  const { parts } = input;
  if (parts.length > 0 && !parts.some(({ outcome }) => outcome === "withheld")) return false;
  const own = outbound(session, input);
  return own.some(({ state }) => state === "withheld") && !own.some(({ state }) => deliveryRank(state) > 0);
}

const outbound = ({ tables }: Session, { claim }: FinishInput) =>
  tables.messages.filter(({ turnId, direction }) => turnId === claim.turnId && direction === "out");

function endTurn(
  session: Session,
  conversation: ConversationRow,
  input: FinishInput,
  result: "answered" | "dead" | "withheld" | "failed",
): void {
  const { tables, bugs } = session;
  const { claim, record } = input;
  if (result !== "withheld" || outbound(session, input).some(({ sends }) => sends > 0)) {
    answerThrough(tables, conversation, claim, result);
    conversation.previousRung = record?.rung ?? conversation.previousRung;
  }
  const left = conversation.status !== "bot" && !operatorWaits(session, conversation, claim.turnId);
  if (left || bugs.has("release without a second look")) conversation.answeredSeq = conversation.receivedSeq;
  conversation.attempts = 0;
}

/** `remember_accepted_phone`. */
function rememberAcceptedPhone({ tables }: Session, customerId: string, parts: readonly SentPart[]): void {
  const acceptedPhone = parts.find((part) => part.acceptedPhone !== undefined)?.acceptedPhone;
  const customer = tables.customers.find(({ id }) => id === customerId);
  if (customer && acceptedPhone !== undefined) customer.acceptedPhone = acceptedPhone;
}

/** `record_sends`: returns the effects of failures that were reported before our own record. */
function recordSends({ tables, now, bugs }: Session, parts: readonly SentPart[]): AppliedEffect[] {
  const effects: AppliedEffect[] = [];
  for (const { id, outcome, sends, waMessageId, metaCode } of parts) {
    const message = tables.messages.find((each) => each.id === id);
    if (!message) continue;
    const state = STATE[outcome];
    if (state && movesForward(message.state, state)) message.state = state;
    else if (isUnconfirmed(message.state)) message.state = state ?? "draft";
    const counted = message.sends === sends && (outcome === "unsent" || outcome === "withheld");
    if (counted || (outcome === "unsent" && bugs.has("earlier sends forgotten")))
      message.sends = bugs.has("earlier sends forgotten") ? 0 : Math.max(message.sends - 1, 0);
    if (!byWaMessageId(tables, message.tenantId, waMessageId)) message.waMessageId ??= waMessageId;
    if (metaCode !== null) message.metaCodes = [metaCode];
    message.updatedAt = now();
  }
  for (const { id, waMessageId } of parts) {
    const tenantId = tables.messages.find((each) => each.id === id)?.tenantId;
    if (waMessageId === null || tenantId === undefined) continue;
    const key = earlyKey(tenantId, waMessageId);
    const early = tables.earlyStatuses.get(key);
    if (!early) continue;
    tables.earlyStatuses.delete(key);
    const message = byWaMessageId(tables, tenantId, waMessageId);
    if (!message || !movesForward(message.state, early.state)) continue;
    const { effect, ...reported } = early;
    Object.assign(message, reported);
    effects.push(...effectsOfReport(message, effect));
  }
  return effects;
}
