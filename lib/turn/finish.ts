import { type Backoff, backoffMs } from "../http/retry.ts";
import { errorCode, isDataError } from "../telemetry/error-code.ts";
import type { KeptExchanges } from "../types/turn/exchanges.ts";
import type { DeathReason, FinishInput, TurnRecord } from "../types/turn-store.ts";
import { keptExchanges } from "./draft.ts";
import { notifyHandoff, notifyStopped } from "./notify.ts";
import { UnsentError } from "./part.ts";
import type { SentReply } from "./send.ts";
import { claimRef, isOperators, isReminder, type Turn, type TurnOutcome } from "./state/turn.ts";

/** 4, 16, 64 … seconds, at most 15 minutes: Meta's own advice for its rate limits. */
const BACKOFF: Backoff = { firstMs: 4_000, factor: 4, maxMs: 15 * 60_000 };

/** The facts about a turn's end that its sends do not tell. */
export interface Ending {
  /** Reason to give the turn up whatever became of its parts; null leaves that to the parts. */
  reason: Extract<DeathReason, "failed" | "window_closed"> | null;
  /** True when operators were notified of this turn's handoff. */
  handoffNotified: boolean;
  /** Null keeps what the draft recorded. */
  record: TurnRecord | null;
  /** What models were sent and said, where no draft has kept it. */
  exchanges?: KeptExchanges | null;
}

/** Records what was sent and releases the conversation. */
export async function finish(turn: Turn, sent: SentReply, ending: Ending): Promise<TurnOutcome> {
  const { claim, journal, deps } = turn;
  const result = resultOf(sent, ending);
  if (result.reason) reportGivenUp(turn);
  const finished = await journal.stages.run("finish", () =>
    deps.store.finish({
      claim: claimRef(claim),
      parts: sent.parts,
      effects: sent.effects,
      ...result,
      retryAfterMs: sent.retryAfterMs ?? backoffMs(BACKOFF, claim.attempts + 1),
      handoffNotified: ending.handoffNotified,
      record: ending.record,
      exchanges: ending.exchanges ?? null,
    }),
  );
  // The next turn does not depend on it: the handoff is listed whether or not an operator was notified.
  if (finished.handoff) await notifyHandoff(turn, finished.handoff);
  await notifyStopped(turn, sent.parts);
  if (finished.hasUnread) return "run_again";
  return result.result === "retry" ? "retry" : "done";
}

/** What an operator wrote is no dead letter: they see that it was not sent, and why. Nor is a reminder, which nobody may send later. */
function reportGivenUp({ claim, deps }: Turn): void {
  const facts = { conversation: claim.conversationId, turn: claim.turnId };
  if (isReminder(claim)) deps.log.warn("reminder.failed", { ...facts, reason: "send" });
  else if (isOperators(claim)) deps.log.warn("send.by_operator_failed", facts);
  else deps.log.error("turn.dead", facts);
}

function resultOf({ outcome }: SentReply, { reason }: Ending): Pick<FinishInput, "result" | "reason"> {
  if (outcome === "deferred" || outcome === "lost") return { result: "retry", reason: null };
  const dead = reason ?? (outcome === "refused" || outcome === "unconfirmed" ? outcome : null);
  return { result: dead ? "dead" : "answered", reason: dead };
}

/** Gives the turn up because Meta takes no reply any more: the company's template or an operator takes over. */
export function finishOutsideWindow(turn: Turn): Promise<TurnOutcome> {
  const { claim, journal, deps } = turn;
  deps.log.error("send.window_closed", { conversation: claim.conversationId });
  journal.note({ rung: "none" });
  journal.failed("window", "closed");
  const sent: SentReply = { parts: [], outcome: "refused", retryAfterMs: null, effects: ["reengage"] };
  return finish(turn, sent, {
    ...{ reason: "window_closed", handoffNotified: false },
    ...{ record: journal.record(), exchanges: keptExchanges(turn) },
  });
}

/** Ends a turn without a reply: another bot would only answer it. */
export function finishQuietly(turn: Turn): Promise<TurnOutcome> {
  turn.journal.note({ rung: "quiet" });
  const sent: SentReply = { parts: [], outcome: "sent", retryAfterMs: null, effects: [] };
  return finish(turn, sent, { reason: null, handoffNotified: false, record: turn.journal.record() });
}

/**
 * Releases a conversation after an unexpected failure, to be tried again soon; a turn that composed keeps its record and what its models
 * were sent and said. Never throws.
 */
export async function release(turn: Turn, failure: unknown, composed: boolean): Promise<void> {
  const { claim, journal, deps } = turn;
  const unsent = failure instanceof UnsentError;
  const error = unsent ? failure.cause : failure;
  const code = errorCode(error);
  const input: FinishInput = {
    claim: claimRef(claim),
    parts: unsent ? failure.parts : [],
    effects: [],
    result: "retry",
    reason: null,
    retryAfterMs: backoffMs(BACKOFF, claim.attempts + 1),
    handoffNotified: false,
    record: null,
    failure: `turn:${code}`,
  };
  if (composed) journal.failed("turn", code);
  const kept = composed ? { record: journal.record(), exchanges: keptExchanges(turn) } : {};
  await deps.store
    .finish({ ...input, ...kept })
    .catch((refusal: unknown) => (isDataError(refusal) ? deps.store.finish(input) : undefined))
    // The database is what failed: the lease ends by itself.
    .catch(() => undefined);
}
