import { intentOf } from "../../intents/own.ts";
import type { Perceived } from "../answer/classify.ts";
import { fallbackRung, type Rung } from "../answer/ladder.ts";
import { createTurnTools, type TurnTools } from "../answer/tools.ts";
import { type FallbackTimes, fallbackTimes } from "../state/due.ts";
import type { ComposingTurn } from "../state/turn.ts";
import type { Early, Means } from "./ahead.ts";
import { type Attempting, beginAttempt } from "./attempt.ts";
import { watched } from "./held.ts";
import { inTime, type Won } from "./in-time.ts";
import { type LookedUp, noteFound } from "./look-up.ts";

/** What is known when the first attempt is due. */
interface Given {
  perceived: Perceived;
  rung: Rung;
  tools: TurnTools;
  /** The attempt that was begun before the intent was known; null: none was. */
  early: Early | null;
  found: LookedUp | null;
}

/** The first attempt's outcome, or that of the fallback model where it is late and the customer would wait too long. */
export async function firstReply(
  turn: ComposingTurn,
  given: Given,
  { mayReply, answer }: Pick<Means, "mayReply" | "answer">,
): Promise<Won> {
  const { rung, tools, early, found } = given;
  const times = mayReply ? substituteTimes(turn, given) : null;
  if (times) {
    const first = early ?? begin(turn, given, answer);
    const won = await inTime(
      first,
      { ...times, begin: () => substitute(turn, given, answer) },
      turn.deps.clock,
    );
    if (won.instead) turn.journal.failed(rung.rung, won.instead);
    return won;
  }
  if (!early) {
    noteFound(turn, found);
    return { said: await answer(turn, rung, tools), tools, instead: null };
  }
  const said = await early.said;
  early.keep();
  return { said, tools, instead: null };
}

/** Null where another model is none, or may not do what must be done. */
function substituteTimes(turn: ComposingTurn, { rung, early }: Given): FallbackTimes | null {
  const isOther = rung.model.id !== turn.deps.models.fallback.id;
  return isOther && !intentOf(turn.claim.tenant, rung.intent).firstTool
    ? fallbackTimes(turn, early !== null)
    : null;
}

const begin = (turn: ComposingTurn, { rung, perceived, found }: Given, answer: Means["answer"]): Attempting =>
  beginAttempt(turn, {
    tools: (own) => createTurnTools(own, perceived.language),
    rung: (tools) => ({ ...rung, tools: tools.named(intentOf(turn.claim.tenant, rung.intent).tools) }),
    found: Promise.resolve(found),
    answer,
  });

/** The fallback model's attempt, which ends where it would have to act: only one of both may. */
const substitute = (turn: ComposingTurn, { perceived, found }: Given, answer: Means["answer"]): Attempting =>
  beginAttempt(turn, {
    tools: (own, end) =>
      watched(createTurnTools(own, perceived.language), () => {
        end();
        throw new DOMException("Another attempt may act.", "AbortError");
      }),
    rung: (tools) => ({ ...fallbackRung(turn, perceived, tools), choice: "late" }),
    found: Promise.resolve(found),
    answer,
  });
