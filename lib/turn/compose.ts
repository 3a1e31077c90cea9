import type { ImpersonalQuestion } from "../types/cache.ts";
import { questionButtons } from "./acts/buttons.ts";
import type { Asking } from "./acts/question.ts";
import { createAhead, type Means as EarlyMeans } from "./ahead/ahead.ts";
import { firstReply } from "./ahead/first.ts";
import { type Allowed, allowedBy, EARLY_SHARE } from "./answer/budget.ts";
import { classify, likelyLanguage, type Perceived } from "./answer/classify.ts";
import { courtesyReply, fixedReply, giveUp } from "./answer/fixed.ts";
import { ladder, type Rung } from "./answer/ladder.ts";
import { countLostCall } from "./answer/lost-call.ts";
import { isQuiet, repeatWith } from "./answer/repeat.ts";
import { fixed, type Reply } from "./answer/reply.ts";
import { respond } from "./answer/respond.ts";
import { createTurnTools, type TurnTools, toolNamesOf } from "./answer/tools.ts";
import type { Images } from "./answer/transcript.ts";
import { understand } from "./answer/understand.ts";
import { takeCart, withRest } from "./carts/take.ts";
import { isForAnybody, knownAnswer } from "./impersonal/answer.ts";
import { impersonalIntent, questionOf } from "./impersonal/question.ts";
import { review, type Said, type Writer } from "./outgoing/review.ts";
import { UnusableReplyError } from "./outgoing/unusable.ts";
import { modelsOf } from "./state/context.ts";
import type { ComposingTurn, Turn } from "./state/turn.ts";

/** Somebody who looks on while a reply is composed. */
export interface Onlooker {
  /** Aborted when the onlooker has gone: no other rung is tried. */
  signal: AbortSignal;
  onPerceived(perceived: Perceived): void;
  /** The tools, as the onlooker lets them run. */
  tools(tools: TurnTools): TurnTools;
  /** A rung that is about to answer; the onlooker may read along. */
  onRung(rung: Rung): Rung;
  onFailed(error: Error): void;
}

/**
 * Finds the best reply there is, down the degradation ladder: full (or without classification) → fallback model →
 * plain reply without tools → apology. Null when another bot writes and silence is best. Never throws; the journal holds the rung
 * and what failed on the way.
 */
export async function compose(
  received: ComposingTurn,
  onlooker: Onlooker | null = null,
): Promise<Reply | null> {
  const allowed = allowedBy(received.claim.usage, received.deps.budget);
  const repeat = repeatWith(received.claim);
  if (isQuiet(received.claim, repeat)) return null;
  const decided = fixedReply(received, allowed, repeat);
  if (decided) return decided;
  const cart = await takeCart(received);
  if (cart)
    return withRest(cart.reply, cart.rest && (await compose({ ...received, claim: cart.rest }, onlooker)));

  const models = modelsOf(received.deps.models, received.claim.tenant);
  const { claim, readings, images } = await understand(received);
  const spoken = readings.length > 0 ? fixedReply({ ...received, claim }, allowed, null) : null;
  if (spoken) return { ...spoken, readings };
  const turn = { ...received, claim, deps: { ...received.deps, models } };
  const { answers } = turn.deps;
  const question = answers ? questionOf(claim, likelyLanguage(claim), models) : null;
  const known = answers && question && (await knownAnswer(question, { answers, journal: turn.journal }));
  if (question && known) return { ...fixed(known, question.language, null), repeat };
  const reply = await descendLadder(turn, { images, allowed, onlooker, question });
  // After an operator's answers a message starts afresh.
  return { ...reply, readings, repeat: reply.handoff ? null : repeat };
}

type ModelReply = Omit<Reply, "readings" | "repeat">;

interface Means {
  images: Images;
  allowed: Allowed;
  onlooker: Onlooker | null;
  /** What is asked, if anybody could ask it. */
  question: ImpersonalQuestion | null;
}

async function descendLadder(turn: ComposingTurn, means: Means): Promise<ModelReply> {
  const { allowed, onlooker } = means;
  const early = earlyMeans(turn, means);
  const ahead = onlooker ? null : createAhead(turn, early);
  const perceived = await classify(turn, ahead ?? undefined);
  onlooker?.onPerceived(perceived);
  const courtesy = courtesyReply(turn, perceived);
  if (courtesy) return courtesy;
  const { language } = perceived;
  const question = askedOf(perceived, means);
  const begun = ahead?.answerTo(perceived) ?? null;
  const found = (await (begun?.found ?? ahead?.foundFor(perceived))) ?? null;
  const own = begun?.tools ?? createTurnTools(turn, language);
  let tools = onlooker?.tools(own) ?? own;
  let brief = false;
  for (const [place, each] of ladder(turn, perceived, tools, allowed).entries()) {
    const impersonal = question !== null && each.rung === "full";
    const attempt: Rung = { ...each, brief, impersonal, facts: found?.facts ?? null };
    const rung = onlooker?.onRung(attempt) ?? attempt;
    const given = { perceived, rung, tools, found, early: place === 0 ? begun : null };
    const mayReply = place === 0 && early.mayReply && !onlooker;
    const { said, instead, ...by } = await firstReply(turn, given, { ...early, mayReply });
    tools = by.tools;
    if (!(said instanceof Error)) {
      const act = tools.asks()?.act ?? null;
      const reply = { ...said, language, handoff: tools.handoff(), optOut: null, act };
      if (!impersonal || instead || !isForAnybody(reply, turn)) return reply;
      return {
        ...reply,
        toKeep: { question, answer: { intent: perceived.intent, markdown: said.markdown } },
      };
    }
    onlooker?.onFailed(said);
    brief ||= said instanceof UnusableReplyError && said.code === "reply_length";
    // A handoff was already requested: fixed words confirm it rather than another model call.
    if (tools.handoff() || onlooker?.signal.aborted) break;
  }
  return giveUp(turn, language, tools.handoff());
}

const earlyMeans = (turn: ComposingTurn, means: Means): EarlyMeans => ({
  mayReply: means.allowed === "all" && turn.claim.usage.turns < turn.deps.budget.turns * EARLY_SHARE,
  isImpersonal: (perceived) => askedOf(perceived, means) !== null,
  answer: (own, rung, tools) => tryRung(own, means.images, rung, tools),
});

/** The question, where its answer depends on nothing else. */
const askedOf = ({ intent, language }: Perceived, { question }: Means): ImpersonalQuestion | null =>
  question?.language === language && impersonalIntent(intent) ? question : null;

/** The question of an act, which no model worded. */
const asked = ({ act, markdown }: Asking): Said => ({
  markdown,
  extra: questionButtons(act.id, act.language),
});

type AnsweringTurn = Pick<Turn<Pick<Turn["deps"], "clock">>, "claim" | "journal" | "deps">;

/** The reply of one rung, fit to be sent; the error when it failed. */
export async function tryRung(
  turn: AnsweringTurn,
  images: Images,
  rung: Rung,
  tools: TurnTools,
): Promise<Said | Error> {
  const { claim, journal } = turn;
  journal.note({ rung: rung.rung, replyModel: rung.model.id, modelChoice: rung.choice });
  const writer: Writer = { model: rung.model.id, tools: toolNamesOf(claim) };
  tools.startAttempt(writer);
  try {
    const { markdown, prompt, model, cutByLimit } = await journal.stages.run("respond", () =>
      respond(turn, images, rung, tools),
    );
    const asking = tools.asks();
    if (asking) return asked(asking);
    return review(
      { markdown, extra: tools.extra() },
      { claim, journal, prompt, writer: { ...writer, model, cutByLimit } },
    );
  } catch (error) {
    journal.failed(rung.rung, error);
    journal.exchanges.failed(error);
    countLostCall(error, rung.model, turn);
    return error instanceof Error ? error : new Error(rung.rung);
  }
}
