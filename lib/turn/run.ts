import { errorCode } from "../telemetry/error-code.ts";
import { span } from "../telemetry/span.ts";
import type { Claim } from "../types/turn-store.ts";
import { LostTurnError } from "./acts/execute.ts";
import { giveUp } from "./answer/fixed.ts";
import type { Reply } from "./answer/reply.ts";
import { compareGuess } from "./compare-guess.ts";
import { compose } from "./compose.ts";
import { writeDraft } from "./draft.ts";
import { finish, finishOutsideWindow, finishQuietly, release } from "./finish.ts";
import { notifyBudget, notifyHandoff } from "./notify.ts";
import { partsOf, UnsentError } from "./part.ts";
import { finishEarlierTurn } from "./resume.ts";
import { sendParts } from "./send.ts";
import { joined, settleActs } from "./settle/settle.ts";
import type { TurnDeps } from "./state/context.ts";
import { claimTurn, type Delivery, type Turn, type TurnOutcome } from "./state/turn.ts";
import { showTyping } from "./typing.ts";

/** Turns of one conversation in one call; messages still unread after that are left to the next caller. */
export const MAX_TURNS = 8;
/** A turn that failed this often is not composed again: the customer gets an apology, and the turn becomes a dead letter. */
const MAX_ATTEMPTS = 5;

/** Answers a conversation until nothing is unread or another process holds it. Never throws. */
export const run = (conversationId: string, deps: TurnDeps): Promise<TurnOutcome> =>
  runTurns(conversationId, deps, null, MAX_TURNS);

/** The same with at most `most` turns; resolves with how the last of them ended. Never throws. */
export async function runTurns(
  conversationId: string,
  deps: TurnDeps,
  delivery: Delivery | null,
  most: number,
): Promise<TurnOutcome> {
  let outcome: TurnOutcome = "run_again";
  for (let turns = 0, first = delivery; turns < most && outcome === "run_again"; turns++, first = null) {
    outcome = await span("turn", { "chasqui.conversation": conversationId }, () =>
      runTurn(conversationId, deps, first),
    ).catch((error: unknown): TurnOutcome => {
      // Nothing is lost: the messages stay unread, and the conversation is resumed.
      deps.log.error("turn.failed", { conversation: conversationId, code: errorCode(error) });
      return "retry";
    });
  }
  return outcome;
}

async function runTurn(
  conversationId: string,
  deps: TurnDeps,
  delivery: Delivery | null,
): Promise<TurnOutcome> {
  const turn = await claimTurn(conversationId, deps, delivery);
  if (!turn) return "done";
  const composes = !isUnfinished(turn.claim);
  const outcome = await finishOrRelease(turn, composes);
  if (composes && outcome === "done") await compareGuess(turn);
  return outcome;
}

async function finishOrRelease(turn: Turn, composes: boolean): Promise<TurnOutcome> {
  try {
    return await (composes ? answer(turn) : finishEarlierTurn(turn));
  } catch (error) {
    await release(turn, error, composes);
    // The log names the cause, not that nothing was sent.
    throw error instanceof UnsentError ? error.cause : error;
  }
}

/** True when an earlier turn left a draft to send, or a handoff of which no operator was notified. */
const isUnfinished = ({ unsent, unnotifiedHandoff }: Claim): boolean =>
  unsent.length > 0 || unnotifiedHandoff !== null;

/** ★ One turn, once claimed: acts → compose → draft → send → finish. */
async function answer(turn: Turn): Promise<TurnOutcome> {
  const { claim, journal } = turn;
  const typing = showTyping(turn);
  try {
    if (!claim.window) return await finishOutsideWindow(turn);
    const exhausted = claim.attempts >= MAX_ATTEMPTS;
    const reply = await replyTo(turn, exhausted);
    if (reply === null) return await finishQuietly(turn);
    const parts = partsOf(reply, claim);

    const drafted = await writeDraft(turn, reply, parts);
    if (drafted.outcome === "window_closed") return await finishOutsideWindow(turn);
    // An operator who took over may have written already.
    if (drafted.outcome === "overtaken" || drafted.outcome === "taken_over") return "run_again";
    if (drafted.outcome !== "send") return "done";

    const sent = await sendParts(turn, parts, drafted.waitMs);
    const handoffNotified = await notifyHandoff(turn, drafted.handoffOpened ? reply.handoff : null);
    const reason = exhausted ? "failed" : null;
    const outcome = await finish(turn, sent, { reason, handoffNotified, record: journal.record() });
    await notifyBudget(turn);
    // Last, since nobody waits for it.
    if (reply.toKeep && sent.outcome === "sent")
      await turn.deps.answers?.keep(reply.toKeep.question, reply.toKeep.answer);
    return outcome;
  } catch (error) {
    if (error instanceof LostTurnError) return "done";
    throw error;
  } finally {
    await typing.stop();
  }
}

/** What became of acts that the customer has answered, and the reply to the rest. */
async function replyTo(turn: Turn, exhausted: boolean): Promise<Reply | null> {
  const settled = await settleActs(turn).catch((error: unknown) => {
    if (!exhausted || error instanceof LostTurnError) throw error;
    turn.journal.failed("acts", error);
    return null;
  });
  if (settled?.rest === null) return settled.reply;
  // What an operator had decided is no longer there.
  if (!settled && turn.claim.pending.length === 0) return null;
  const rest = settled ? { ...turn, claim: settled.rest } : turn;
  const reply = exhausted ? giveUp(rest) : await compose(rest);
  return settled ? joined(settled.reply, reply) : reply;
}
