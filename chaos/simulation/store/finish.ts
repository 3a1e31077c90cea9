import type { FailureEffect } from "../../../lib/types/inbox-store.ts";
import type { Finished, FinishInput, SentPart } from "../../../lib/types/turn-store.ts";
import { answerThrough, confirmTurn } from "./answered.ts";
import { applyFailure } from "./failure.ts";
import { heldBy } from "./held.ts";
import {
  byWaMessageId,
  type ConversationRow,
  deliveryRank,
  earlyKey,
  isUnsettled,
  movesForward,
  type Session,
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
  let result: FinishInput["result"] | "withheld" = input.result;
  const talk = heldBy(session, claim);
  if (!talk) {
    recordSent(
      session,
      parts.filter(({ outcome }) => outcome === "accepted"),
    );
    confirmTurn(session, claim.turnId);
    return { leaseHeld: false, hasUnread: false, handoff: null };
  }
  const turn = tables.turns.find(({ id }) => id === claim.turnId);
  const ended = turn !== undefined && turn.state !== "running" && turn.state !== "drafted";
  if (result === "retry" && ended && !session.bugs.has("ended turns tried again")) {
    return { leaseHeld: true, hasUnread: talk.receivedSeq > talk.answeredSeq, handoff: null };
  }
  const effects = recordSent(session, parts);
  if (result === "dead" && reachedThemAll(session, input))
    result = parts.some(({ outcome }) => outcome === "unsent") ? "retry" : "answered";
  else effects.push(...input.effects);
  if (result === "answered" && isWithheld(session, input)) result = "withheld";
  if (input.handoffNotified) {
    for (const handoff of tables.handoffs) if (handoff.turnId === claim.turnId) handoff.notified = true;
  }
  if (turn) {
    turn.state = result === "retry" && turn.state === "drafted" ? "drafted" : result;
    if (record) Object.assign(turn, { rung: record.rung, errors: record.errors });
    else if (input.failure !== undefined) turn.errors = [...turn.errors, input.failure];
  }
  if (result === "retry") {
    talk.epoch += 1;
    talk.retryAt = now() + input.retryAfterMs;
    for (const message of tables.messages) {
      if (message.turnId === claim.turnId && message.direction === "out" && isUnsettled(message.state))
        message.updatedAt = now();
    }
  }
  if (result !== "retry") settle(session, talk, input, result);
  talk.leaseExpiresAt = null;
  const hasUnread = talk.receivedSeq > talk.answeredSeq;
  if (!hasUnread) talk.openSince = null;
  else if (result !== "retry") talk.openSince = now();
  const handoffs = effects.map((effect) => applyFailure(session, talk.id, effect, talk.answeredSeq));
  const handoff = handoffs.findLast((opened) => opened !== null) ?? null;
  return { leaseHeld: true, hasUnread: result !== "retry" && hasUnread, handoff };
}

/** Refused the second time, or never answered, and yet it has reached them: a send was confirmed meanwhile. */
function reachedThemAll(session: Session, input: FinishInput): boolean {
  const { reason, parts } = input;
  if ((reason !== "refused" && reason !== "unconfirmed") || parts.length === 0) return false;
  return !outbound(session, input).some(({ state }) => state === "failed" || state === "ambiguous");
}

/** Some of it was withheld, and nothing arrived. */
function isWithheld(session: Session, input: FinishInput): boolean {
  const { parts } = input;
  if (parts.length > 0 && !parts.some(({ outcome }) => outcome === "withheld")) return false;
  const own = outbound(session, input);
  return own.some(({ state }) => state === "withheld") && !own.some(({ state }) => deliveryRank(state) > 0);
}

const outbound = ({ tables }: Session, { claim }: FinishInput) =>
  tables.messages.filter(({ turnId, direction }) => turnId === claim.turnId && direction === "out");

function settle(
  session: Session,
  talk: ConversationRow,
  input: FinishInput,
  result: "answered" | "dead" | "withheld",
): void {
  const { tables, bugs } = session;
  const { claim, record } = input;
  if (result !== "withheld" || outbound(session, input).some(({ sends }) => sends > 0)) {
    answerThrough(tables, talk, claim, result);
    talk.previousRung = record?.rung ?? talk.previousRung;
  }
  if (talk.status !== "bot" || bugs.has("release without a second look")) talk.answeredSeq = talk.receivedSeq;
  talk.attempts = 0;
}

/** `record_sends`: what failures change that were reported before there was a record. */
function recordSent({ tables, now, bugs }: Session, parts: readonly SentPart[]): FailureEffect[] {
  const effects: FailureEffect[] = [];
  for (const { id, outcome, sends, waMessageId, metaCode } of parts) {
    const message = tables.messages.find((each) => each.id === id);
    if (!message) continue;
    const state = STATE[outcome];
    if (state && movesForward(message.state, state)) message.state = state;
    else if (isUnsettled(message.state)) message.state = state ?? "draft";
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
    if (effect) effects.push(effect);
  }
  return effects;
}
