import { asksForPerson } from "../intents/asks-for-person.ts";
import { intentNamed } from "../intents/table.ts";
import type { ReplyExtra } from "../outbound.ts";
import type { HandoffRequest, Language } from "../ports.ts";
import type { Claim, DraftInput } from "../store-ports.ts";
import { apology, failedAgain, handoffOpened, optedIn, optedOut } from "../texts.ts";
import { classify, likelyLanguage, type Perceived } from "./classify.ts";
import type { TurnDeps } from "./context.ts";
import type { Journal } from "./journal.ts";
import { review } from "./outgoing/review.ts";
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
}

/**
 * Finds the best answer there is, down the degradation ladder: full (or without classification) → fallback model →
 * plain answer without tools → apology. Never throws; the journal holds the rung and what failed on the way.
 */
export async function compose(received: Claim, deps: TurnDeps, journal: Journal): Promise<Reply> {
  const fixed = fixedReply(received, journal);
  if (fixed) return fixed;
  const { claim, readings, images } = await understand(received, deps, journal);
  const perceived = await classify(claim, deps, journal);
  const { language } = perceived;
  const tools = createTurnTools(claim, language, deps, journal);
  for (const { rung, ...attempt } of ladder(perceived, tools, deps)) {
    journal.note({ rung, replyModel: attempt.model.id });
    tools.again();
    try {
      const { markdown, prompt } = await journal.stages.run("respond", () =>
        respond(claim, images, attempt, deps, journal),
      );
      const said = review({ markdown, extra: tools.extra() }, { claim, journal, prompt });
      return { ...said, language, handoff: tools.handoff(), readings };
    } catch (error) {
      journal.failed(rung, error);
      // A person was already called: that is told in fixed words rather than risked once more.
      if (tools.handoff()) break;
    }
  }
  return { ...giveUp(claim, language, tools.handoff(), journal), readings };
}

/** What no model words: the answer to somebody who wants no more messages, or wants them again. */
function fixedReply(claim: Claim, journal: Journal): Reply | null {
  const { pending, user } = claim;
  const stopped = user.optedOut && pending.some(({ opt }) => opt === "stop");
  const started = pending.every(({ opt }) => opt !== null) && pending.at(-1)?.opt === "start";
  if (!stopped && !started) return null;
  const language = likelyLanguage(claim);
  journal.note({ rung: "fixed", language, decidedBy: "default" });
  return said(stopped ? optedOut(language) : optedIn(language), language, null);
}

/** A reply in fixed words. */
const said = (markdown: string, language: Language, handoff: HandoffRequest | null): Reply => ({
  markdown,
  language,
  handoff,
  extra: null,
  readings: [],
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

/** The attempts in order, and their shares of the time: the first may use half of it, so that the last has some. */
function ladder({ intent, language, classified }: Perceived, tools: TurnTools, deps: TurnDeps): Rung[] {
  const row = intentNamed(intent);
  const { reply, fallback } = deps.models;
  const share = (part: number) => Math.round(deps.limits.replyTimeoutMs * part);
  const full = tools.named(row.tools);
  return [
    {
      rung: classified ? "full" : "no_classification",
      intent,
      language,
      model: row.tier === "economy" ? fallback : reply,
      tools: full,
      timeoutMs: share(0.5),
    },
    { rung: "fallback_model", intent, language, model: fallback, tools: full, timeoutMs: share(0.3) },
    { rung: "plain", intent, language, model: fallback, tools: {}, timeoutMs: share(0.2) },
  ];
}
