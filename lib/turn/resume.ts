import type { Claim } from "../types/turn-store.ts";
import { finish } from "./finish.ts";
import { notifyHandoff } from "./notify.ts";
import { MAX_SENDS, type Part, sentPart, UnsentError } from "./part.ts";
import { makePlainer } from "./plain-form.ts";
import { nothingSent, reportUnconfirmed, type SentReply, sendParts } from "./send.ts";
import { instant } from "./state/lease.ts";
import { isOperators, isReminder, type Turn, type TurnOutcome } from "./state/turn.ts";

const MAX_TEMPLATE_ATTEMPTS = 20;
const MAX_REMINDER_ATTEMPTS = 3;

/**
 * Finishes the draft of an earlier holder: sends it if it was never sent; if it may have been, sends it once more only
 * after the wait for its status report.
 */
export async function finishEarlierTurn(turn: Turn): Promise<TurnOutcome> {
  const { claim, lease, deps } = turn;
  const attempted = claim.unsent.filter(({ sends }) => sends > 0);
  if (attempted.length > 0) await deps.clock.sleep(statusPauseMs(turn, attempted));

  const unsent = await makePlainer(turn, claim.unsent);
  const used = unsent.filter(({ sends }) => sends >= MAX_SENDS);
  const sendable = unsent
    .filter(({ sends }) => sends < MAX_SENDS)
    .map((part) => ({ ...part, sends: part.sends + 1 }));
  const started = instant(deps.clock);
  const { leaseHeld, maySend, unconfirmed, waitMs } = await beginResend(turn, sendable);
  if (!leaseHeld) return "done";
  lease.extendedAt(started);

  for (const { id } of used) reportUnconfirmed(turn, id);
  const parts = sendable.filter(({ id }) => unconfirmed.includes(id));
  logResumed(turn, parts);
  const sent = maySend
    ? boundAttempts(claim, await sendParts(turn, parts, waitMs))
    : nothingSent(sendable, "withheld", null);
  const handoffNotified = await notifyHandoff(turn, claim.unnotifiedHandoff);
  return finish(turn, withUsed(sent, used), { reason: null, handoffNotified, record: null });
}

/** Time left for the status reports of these messages, counted from the last send and from now. */
function statusPauseMs({ deps }: Turn, attempted: Claim["unsent"]): number {
  const { statusWaitMs, leaseMs } = deps.limits;
  const sinceSendMs = statusWaitMs - Math.min(...attempted.map(({ ageMs }) => ageMs));
  // While no process was up no report was heard: what Meta held back gets its time too, as far as the lease allows.
  return Math.max(sinceSendMs, Math.min(statusWaitMs, leaseMs / 2));
}

function beginResend({ claim, deps }: Turn, parts: readonly Part[]) {
  const ids = parts.map(({ id }) => id);
  return deps.store.beginResend(claim, ids, deps.limits.leaseMs).catch((error: unknown) => {
    throw new UnsentError(error, parts);
  });
}

function logResumed({ claim, deps }: Turn, parts: readonly Part[]): void {
  const conversation = claim.conversationId;
  // Only the first send of what an operator or the clock has just written.
  if ((isOperators(claim) || isReminder(claim)) && parts.every(({ sends }) => sends === 1)) return;
  deps.log.warn("turn.resumed", { conversation, sends: parts.length });
  if (!claim.window && parts.some(({ message }) => message.kind !== "template"))
    deps.log.error("send.window_closed", { conversation });
}

/** Without a window nothing but time ends a template's attempts: after some hours of refusals its turn becomes a dead letter. */
function boundAttempts(claim: Claim, sent: SentReply): SentReply {
  if (sent.outcome !== "deferred") return sent;
  // What the customer writes meanwhile waits behind it.
  if (
    isReminder(claim)
      ? claim.attempts + 1 < MAX_REMINDER_ATTEMPTS
      : claim.window || claim.attempts < MAX_TEMPLATE_ATTEMPTS
  )
    return sent;
  const parts = sent.parts.map((part) =>
    part.outcome === "unsent" ? { ...part, outcome: "rejected" as const } : part,
  );
  return { ...sent, parts, outcome: "refused", effects: [...sent.effects, "reengage"] };
}

/** Adds the parts that used all their sends: unless they are known to have arrived, the turn is given up for them. */
function withUsed(sent: SentReply, used: Claim["unsent"]): SentReply {
  if (used.length === 0) return sent;
  const parts = [...used.map((part) => sentPart(part, "ambiguous")), ...sent.parts];
  const outcome = sent.outcome === "sent" || sent.outcome === "withheld" ? "unconfirmed" : sent.outcome;
  return { ...sent, parts, outcome };
}
