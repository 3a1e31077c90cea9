import { wallClock } from "../../hours/wall-clock.ts";
import { mayAskForPerson } from "../../intents/asks-for-person.ts";
import { type CourtesyKind, courtesies, firstNameIn } from "../../language/courtesies.ts";
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
import type { TurnDeps } from "../state/context.ts";
import type { Turn } from "../state/turn.ts";
import type { Allowed } from "./budget.ts";
import { likelyLanguage, type Perceived } from "./classify.ts";
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

const KINDS: Readonly<Record<string, CourtesyKind>> = { greeting: "greeting", thanks_goodbye: "thanks" };

/**
 * The reply to a message that is a mere greeting or thanks, without a model: in the customer's language, by first name, right for the time of
 * day, and never the same twice in a row. Null for all else, and unless the company wants it.
 */
export function courtesyReply(
  { claim, deps, journal }: Pick<Turn<Pick<TurnDeps, "clock">>, "claim" | "journal" | "deps">,
  { intent, language, byWords }: Perceived,
): Reply | null {
  const { profile, intents } = claim.tenant;
  const kind = KINDS[intent];
  const wanted = profile.courtesies;
  if (!wanted || !byWords || kind === undefined) return null;
  // Somebody waits, or something is left to say.
  if (claim.waitsForPerson || claim.botNote) return null;
  const own = wanted === true ? undefined : wanted[kind]?.[language];
  // Who wants it said in a way of their own has a model say it.
  if (!own && intents?.[intent]?.prompt !== undefined) return null;
  const name = firstNameIn(claim.customer.name);
  const said = notSaid(courtesies(kind, language, { hour: hourOf(claim, deps), name, own }), claim);
  journal.note({ rung: "courtesy", replyModel: null, modelChoice: null });
  return fixed(said, language, null);
}

function hourOf({ tenant }: Claim, { clock }: Pick<TurnDeps, "clock">): number {
  try {
    return new Date(wallClock(tenant.profile.timeZone)(clock.now())).getUTCHours();
  } catch {
    return new Date(clock.now()).getUTCHours();
  }
}

/** One that we did not say last, another each time. */
function notSaid(texts: readonly string[], { history, throughSeq }: Claim): string {
  const last = history.findLast(({ direction }) => direction === "out")?.text;
  const others = texts.filter((text) => text !== last);
  const from = others.length > 0 ? others : texts;
  return from[throughSeq % from.length] ?? "";
}
