import { mayAskForPerson } from "../../intents/asks-for-person.ts";
import { wayBack } from "../../language/stop-texts.ts";
import {
  apology,
  closedToday,
  failedAgain,
  handoffOpened,
  optedIn,
  optedOut,
  repeating,
} from "../../language/texts.ts";
import { goingOn } from "../../language/waiting.ts";
import type { Language } from "../../types/company.ts";
import type { HandoffRequest } from "../../types/tools.ts";
import type { Claim, Repeat } from "../../types/turn-store.ts";
import type { Turn } from "../state/turn.ts";
import type { Allowed } from "./budget.ts";
import { likelyLanguage } from "./classify.ts";
import { isLoop } from "./repeat.ts";
import { fixed, type Reply } from "./reply.ts";
import { stopReply } from "./stop.ts";
import { ourLast, pendingText } from "./transcript.ts";
import { answerToOffer } from "./waiting.ts";

type FixedTurn = Pick<Turn<unknown>, "claim" | "journal">;

/**
 * The reply that no model words: to an opt-out or opt-in, or what may be one; and the last one before an operator takes over, when a budget is
 * closed or the same message comes again and again. Null in all other cases.
 */
export function fixedReply(
  { claim, journal }: FixedTurn,
  allowed: Allowed,
  repeat: Repeat | null,
): Reply | null {
  const reply =
    optReply(claim) ??
    stopReply(claim) ??
    closedReply(claim, allowed) ??
    offerReply(claim) ??
    loopReply(claim, repeat);
  if (reply) journal.note({ rung: "fixed", language: reply.language, decidedBy: "default" });
  return reply;
}

function optReply(claim: Claim): Reply | null {
  const { pending, customer } = claim;
  const language = likelyLanguage(claim);
  if (customer.optedOut) {
    const stopped = pending.some(({ opt }) => opt === "stop");
    return fixed(stopped ? optedOut(language) : wayBack(language), language, null);
  }
  const started = pending.every(({ opt }) => opt !== null) && pending.at(-1)?.opt === "start";
  return started ? fixed(optedIn(language), language, null) : null;
}

function closedReply(claim: Claim, allowed: Allowed): Reply | null {
  if (typeof allowed === "string") return null;
  const language = likelyLanguage(claim);
  const summary = "A budget of today is used up, so the assistant did not answer; see the last messages.";
  return fixed(closedToday(language), language, { reason: allowed.closed, summary });
}

/** To an answer to the offer to go on without a person. */
function offerReply(claim: Claim): Reply | null {
  const answer = answerToOffer(claim);
  if (answer === null) return null;
  const language = likelyLanguage(claim);
  if (answer === "go_on") return fixed(goingOn(language), language, null);
  const summary = "The customer would rather wait for a person than go on with the assistant.";
  return fixed(handoffOpened(language), language, { reason: "customer_request", summary });
}

function loopReply(claim: Claim, repeat: Repeat | null): Reply | null {
  if (!repeat || !isLoop(claim, repeat)) return null;
  const language = likelyLanguage(claim);
  const summary =
    "The same words came again and again: perhaps another bot or an automatic answer; see the last messages.";
  // Kept, so that more of the same is met with silence.
  return { ...fixed(repeating(language), language, { reason: "repeating", summary }), repeat };
}

/** The reply when none could be composed: an apology; an operator when one was asked for or the last turn failed too. */
export function giveUp(
  { claim, journal }: FixedTurn,
  language: Language = likelyLanguage(claim),
  requested: HandoffRequest | null = null,
): Reply {
  const opted = optReply(claim) ?? stopReply(claim);
  if (opted) return opted;
  journal.note({ rung: "apology", language, replyModel: null, modelChoice: null });
  if (requested) return fixed(handoffOpened(language), language, requested);
  const asked = mayAskForPerson(pendingText(claim.pending), ourLast(claim.history));
  if (!asked && claim.previousRung !== "apology") return fixed(apology(language), language, null);
  return fixed(asked ? handoffOpened(language) : failedAgain(language), language, {
    reason: asked ? "customer_request" : "not_able",
    summary: "The assistant could not answer (no model available); see the last messages.",
  });
}
