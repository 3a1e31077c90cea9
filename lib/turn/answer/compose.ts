import { asksForPerson } from "../../intents/asks-for-person.ts";
import { intentNamed } from "../../intents/table.ts";
import {
  apology,
  closedToday,
  failedAgain,
  handoffOpened,
  optedIn,
  optedOut,
  repeating,
} from "../../language/texts.ts";
import type { Language } from "../../types/company.ts";
import type { ReplyExtra } from "../../types/outbound.ts";
import type { HandoffRequest } from "../../types/tools.ts";
import type { Claim, DraftInput, Repeat } from "../../types/turn-store.ts";
import { review } from "../outgoing/review.ts";
import type { TurnDeps } from "../state/context.ts";
import type { Journal } from "../state/journal.ts";
import { type Allowed, allowedBy } from "./budget.ts";
import { classify, likelyLanguage, type Perceived } from "./classify.ts";
import { countLostCall } from "./lost-call.ts";
import { isLoop, repeatWith } from "./repeat.ts";
import { type Attempt, respond } from "./respond.ts";
import { createTurnTools, type TurnTools } from "./tools.ts";
import { pendingText } from "./transcript.ts";
import { understand } from "./understand.ts";

/** What will be said, and what will be done with it. */
export interface Reply {
  markdown: string;
  language: Language;
  handoff: HandoffRequest | null;
  /** What goes under the words. */
  extra: ReplyExtra | null;
  /** What was heard or read in what the customer sent. */
  readings: DraftInput["readings"];
  /** To be kept: how often the customer has sent the same. */
  repeat: Repeat | null;
}

/**
 * Finds the best answer there is, down the degradation ladder: full (or without classification) → fallback model →
 * plain answer without tools → apology. Never throws; the journal holds the rung and what failed on the way.
 */
export async function compose(received: Claim, deps: TurnDeps, journal: Journal): Promise<Reply> {
  const allowed = allowedBy(received.usage, deps.budget);
  const repeat = repeatWith(received);
  const fixed = fixedReply(received, allowed, repeat, journal);
  if (fixed) return fixed;
  const { claim, readings, images } = await understand(received, deps, journal);
  const perceived = await classify(claim, deps, journal);
  const { language } = perceived;
  const tools = createTurnTools(claim, language, deps, journal);
  for (const { rung, ...attempt } of ladder(perceived, tools, allowed, deps)) {
    journal.note({ rung, replyModel: attempt.model.id });
    tools.again();
    try {
      const { markdown, prompt } = await journal.stages.run("respond", () =>
        respond(claim, images, attempt, deps, journal),
      );
      const said = review({ markdown, extra: tools.extra() }, { claim, journal, prompt });
      const handoff = tools.handoff();
      // What comes after a person is a new beginning.
      return { ...said, language, handoff, readings, repeat: handoff ? null : repeat };
    } catch (error) {
      journal.failed(rung, error);
      countLostCall(error, attempt.model, claim, journal);
      // A person was already called: that is told in fixed words rather than risked once more.
      if (tools.handoff()) break;
    }
  }
  const given = giveUp(claim, language, tools.handoff(), journal);
  return { ...given, readings, repeat: given.handoff ? null : repeat };
}

/**
 * What no model words: the answer to somebody who wants no more messages, or wants them again; and the last one before a
 * person takes over, when a budget is closed or the same comes again and again.
 */
function fixedReply(claim: Claim, allowed: Allowed, repeat: Repeat | null, journal: Journal): Reply | null {
  const reply = optReply(claim) ?? closedReply(claim, allowed) ?? loopReply(claim, repeat);
  if (reply) journal.note({ rung: "fixed", language: reply.language, decidedBy: "default" });
  return reply;
}

function optReply(claim: Claim): Reply | null {
  const { pending, user } = claim;
  const stopped = user.optedOut && pending.some(({ opt }) => opt === "stop");
  const started = pending.every(({ opt }) => opt !== null) && pending.at(-1)?.opt === "start";
  if (!stopped && !started) return null;
  const language = likelyLanguage(claim);
  return said(stopped ? optedOut(language) : optedIn(language), language, null);
}

function closedReply(claim: Claim, allowed: Allowed): Reply | null {
  if (typeof allowed === "string") return null;
  const language = likelyLanguage(claim);
  const summary = "A budget of today is used up, so the assistant did not answer; see the last messages.";
  return said(closedToday(language), language, { reason: allowed.closed, summary });
}

function loopReply(claim: Claim, repeat: Repeat | null): Reply | null {
  if (!repeat || !isLoop(claim, repeat)) return null;
  const language = likelyLanguage(claim);
  const summary =
    "The same words came again and again: perhaps another bot or an automatic answer; see the last messages.";
  return said(repeating(language), language, { reason: "repeating", summary });
}

/** A reply in fixed words. */
const said = (markdown: string, language: Language, handoff: HandoffRequest | null): Reply => ({
  markdown,
  language,
  handoff,
  extra: null,
  readings: [],
  repeat: null,
});

/** The answer when nothing could be composed: an apology; a person when one was asked for or it failed before. */
export function giveUp(
  claim: Claim,
  language: Language | null,
  requested: HandoffRequest | null,
  journal: Journal,
): Reply {
  const spoken = language ?? likelyLanguage(claim);
  journal.note({ rung: "apology", language: spoken, replyModel: null });
  if (requested) return said(handoffOpened(spoken), spoken, requested);
  const asked = asksForPerson(pendingText(claim.pending));
  if (!asked && claim.previousRung !== "apology") {
    return said(apology(spoken), spoken, null);
  }
  return said(asked ? handoffOpened(spoken) : failedAgain(spoken), spoken, {
    reason: asked ? "customer_request" : "not_able",
    summary: "The assistant could not answer (no model available); see the last messages.",
  });
}

type Rung = Attempt & { rung: string };

/**
 * The attempts in order, and their shares of the time: the first may use half of it, so that the last has some. Economy
 * leaves out the first.
 */
function ladder(
  { intent, language, classified }: Perceived,
  tools: TurnTools,
  allowed: Allowed,
  deps: TurnDeps,
): Rung[] {
  const row = intentNamed(intent);
  const { reply, fallback } = deps.models;
  const share = (part: number) => Math.round(deps.limits.replyTimeoutMs * part);
  const full = tools.named(row.tools);
  const first: Rung = {
    rung: classified ? "full" : "no_classification",
    intent,
    language,
    model: row.tier === "economy" ? fallback : reply,
    tools: full,
    timeoutMs: share(0.5),
  };
  const economy = allowed !== "all";
  return [
    ...(economy ? [] : [first]),
    {
      rung: "fallback_model",
      intent,
      language,
      model: fallback,
      tools: full,
      timeoutMs: share(economy ? 0.8 : 0.3),
    },
    { rung: "plain", intent, language, model: fallback, tools: {}, timeoutMs: share(0.2) },
  ];
}
