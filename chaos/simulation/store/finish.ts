import type { FailureEffect, Finished, FinishInput, SentPart } from "../../../lib/store-ports.ts";
import { isUnsettled } from "./claim.ts";
import { heldBy } from "./draft.ts";
import { applyFailure } from "./failure.ts";
import { type ConversationRow, movesForward, type Session } from "./tables.ts";

const STATE = { accepted: "sent", rejected: "failed", ambiguous: "ambiguous", unsent: null } as const;

/** `finish_turn` of 0013. */
export function finishTurn(session: Session, input: FinishInput): Finished {
  const { tables, now } = session;
  const { claim, parts, record } = input;
  let { result } = input;
  const talk = heldBy(session, claim);
  if (!talk) {
    recordSent(
      session,
      parts.filter(({ outcome }) => outcome === "accepted"),
    );
    return { held: false, news: false, handoff: null };
  }
  const turn = tables.turns.find(({ id }) => id === claim.turnId);
  const ended = turn !== undefined && turn.state !== "running" && turn.state !== "drafted";
  if (result === "retry" && ended && !session.bugs.has("ended turns tried again")) {
    return { held: true, news: talk.receivedSeq > talk.answeredSeq, handoff: null };
  }
  const effects = recordSent(session, parts);
  if (result === "dead" && reachedThemAll(session, input))
    result = parts.some(({ outcome }) => outcome === "unsent") ? "retry" : "answered";
  else effects.push(...input.effects);
  if (input.handoffTold) {
    for (const handoff of tables.handoffs) if (handoff.turnId === claim.turnId) handoff.notified = true;
  }
  if (turn) {
    turn.state = result === "retry" && turn.state === "drafted" ? "drafted" : result;
    if (record) Object.assign(turn, { rung: record.rung, errors: record.errors });
    else if (input.failure !== undefined) turn.errors = [...turn.errors, input.failure];
  }
  if (result === "retry") {
    talk.retryAt = now() + input.retryAfterMs;
    for (const message of tables.messages) {
      if (message.turnId === claim.turnId && message.direction === "out" && isUnsettled(message.state))
        message.updatedAt = now();
    }
  }
  if (result !== "retry") settle(session, talk, { ...input, result });
  talk.leaseExpiresAt = null;
  const news = talk.receivedSeq > talk.answeredSeq;
  if (!news) talk.openSince = null;
  else if (result !== "retry") talk.openSince = now();
  const handoffs = effects.map((effect) => applyFailure(session, talk.id, effect, talk.answeredSeq));
  const handoff = handoffs.findLast((opened) => opened !== null) ?? null;
  return { held: true, news: result !== "retry" && news, handoff };
}

/** Refused the second time, and yet it has reached them: the first send was confirmed meanwhile. */
function reachedThemAll({ tables }: Session, { claim, parts }: FinishInput): boolean {
  const failed = tables.messages.some(
    ({ turnId, direction, state }) => turnId === claim.turnId && direction === "out" && state === "failed",
  );
  return !failed && parts.some(({ outcome }) => outcome === "rejected");
}

function settle({ tables, bugs }: Session, talk: ConversationRow, input: FinishInput): void {
  const { claim, result, record } = input;
  for (const message of tables.messages) {
    const { conversationId, direction, turnId, seq } = message;
    if (conversationId !== talk.id || direction !== "in" || turnId !== null || seq === null) continue;
    if (seq <= talk.answeredSeq || seq > claim.throughSeq) continue;
    message.turnId = claim.turnId;
    if (result === "dead") message.state = "dead";
  }
  talk.answeredSeq = Math.max(talk.answeredSeq, claim.throughSeq);
  if (talk.status !== "bot" || bugs.has("release without a second look")) talk.answeredSeq = talk.receivedSeq;
  talk.attempts = 0;
  talk.previousRung = record?.rung ?? talk.previousRung;
}

/** `record_sent` of 0013: what failures change that were reported before there was a record. */
function recordSent({ tables, now, bugs }: Session, parts: readonly SentPart[]): FailureEffect[] {
  const effects: FailureEffect[] = [];
  for (const { id, outcome, waMessageId, errorCode } of parts) {
    const message = tables.messages.find((each) => each.id === id);
    if (!message) continue;
    const state = STATE[outcome];
    if (state && movesForward(message.state, state)) message.state = state;
    else if (isUnsettled(message.state)) message.state = state ?? "draft";
    if (state === null)
      message.sends = bugs.has("earlier sends forgotten") ? 0 : Math.max(message.sends - 1, 0);
    message.waMessageId ??= waMessageId;
    if (errorCode !== null) message.errorCodes = [errorCode];
    message.updatedAt = now();
  }
  for (const { waMessageId } of parts) {
    const early = tables.earlyStatuses.get(waMessageId ?? "");
    if (!early || waMessageId === null) continue;
    tables.earlyStatuses.delete(waMessageId);
    const message = tables.messages.find((each) => each.waMessageId === waMessageId);
    if (!message || !movesForward(message.state, early.state)) continue;
    const { effect, ...reported } = early;
    Object.assign(message, reported);
    if (effect) effects.push(effect);
  }
  return effects;
}
