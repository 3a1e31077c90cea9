import { intentOf } from "../../intents/own.ts";
import { likelyLanguage, type Perceived } from "../answer/classify.ts";
import { firstRung } from "../answer/ladder.ts";
import { createTurnTools, type TurnTools } from "../answer/tools.ts";
import type { Meanwhile, Writing } from "../state/give-way.ts";
import type { ComposingTurn } from "../state/turn.ts";
import { type Attempting, beginAttempt, type TryRung } from "./attempt.ts";
import { heldUntil } from "./held.ts";
import { type Likely, likeliest } from "./likely.ts";
import { type LookedUp, lookUp } from "./look-up.ts";

/** What is begun while the intent is being asked for. */
export interface Ahead extends Meanwhile {
  /** The answer that was begun, if it is to what the customer wants; any other is discarded. */
  answerTo(perceived: Perceived): Early | null;
  /** What the answer to this intent comes from, looked up by now or now; null when there is nothing. */
  foundFor(perceived: Perceived): Promise<LookedUp | null>;
}

/** An answer that was begun before its intent was sure, which its tools may act for now. */
export interface Early extends Attempting {
  /** What was looked up for it; null when there is nothing. */
  found: Promise<LookedUp | null>;
}

/** How an answer is begun. */
export interface Means {
  /** True when the answer's model may be asked before the intent is sure. */
  mayReply: boolean;
  /** True when what the customer wants is a question that anybody could ask. */
  isImpersonal(perceived: Perceived): boolean;
  answer: TryRung;
}

/** Work of one turn ahead of its classification. Of what is not wanted nothing is left but its cost. */
export function createAhead(turn: ComposingTurn, means: Means): Ahead | null {
  const { claim, deps } = turn;
  const { overlap } = deps;
  if (!overlap) return null;
  let looking: Promise<LookedUp | null> = Promise.resolve(null);
  let source: LookedUp["source"] | null = null;
  let begun: Begun | null = null;
  const look = (intent: Likely["intent"]) => {
    const wanted = intentOf(claim.tenant, intent).source ?? null;
    if (wanted === null || wanted === source) return;
    source = wanted;
    looking = lookUp(turn, wanted, likelyLanguage(claim));
  };
  return {
    begin(guess) {
      const likely = likeliest(guess, claim);
      if (!likely) return;
      look(likely.intent);
      if (means.mayReply && likely.confidence >= overlap.replyFrom)
        begun = beginReply(turn, likely, looking, means);
    },
    reply: () => begun,
    answerTo(perceived) {
      const early = begun;
      begun = null;
      if (early?.isAbout(perceived)) return early.accept(perceived);
      early?.refuse();
      return null;
    },
    async foundFor({ intent }) {
      if (intentOf(claim.tenant, intent).source === undefined) return null;
      look(intent);
      return looking;
    },
  };
}

interface Begun extends Writing {
  isAbout(perceived: Perceived): boolean;
  accept(perceived: Perceived): Early;
  refuse(): void;
}

function beginReply(
  turn: ComposingTurn,
  { intent }: Likely,
  found: Promise<LookedUp | null>,
  { isImpersonal, answer }: Means,
): Begun {
  const language = likelyLanguage(turn.claim);
  const guessed: Perceived = { intent, language, classified: true, byWords: false };
  const impersonal = isImpersonal(guessed);
  let decide: (wanted: boolean) => void = () => {};
  const wanted = new Promise<boolean>((resolve) => {
    decide = resolve;
  });
  const toolsOf = (own: ComposingTurn) => heldUntil(wanted, createTurnTools(own, language));
  const rung = (tools: TurnTools) => ({ ...firstRung(turn, guessed, tools), impersonal });
  const attempting = beginAttempt(turn, { tools: toolsOf, rung, found, answer });
  let written = false;
  const over = attempting.said.then((said) => {
    written = !(said instanceof Error);
  });
  return {
    intent,
    over,
    isWritten: () => written,
    isAbout: (perceived) =>
      perceived.intent === intent && perceived.language === language && (perceived.classified || !impersonal),
    accept(perceived) {
      decide(true);
      const keep = () => {
        attempting.keep();
        if (!perceived.classified) turn.journal.note({ rung: "no_classification" });
      };
      return { ...attempting, found, keep };
    },
    refuse() {
      attempting.discard();
      decide(false);
    },
  };
}
