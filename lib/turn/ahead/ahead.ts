import type { LikelyIntent } from "../../intents/local/by-likeness.ts";
import { intentOf } from "../../intents/own.ts";
import { likelyLanguage, type Perceived } from "../answer/classify.ts";
import { ladder, type Rung } from "../answer/ladder.ts";
import { discardCall } from "../answer/lost-call.ts";
import { createTurnTools, type TurnTools } from "../answer/tools.ts";
import type { Said } from "../outgoing/review.ts";
import type { ComposingTurn } from "../state/turn.ts";
import { heldUntil } from "./held.ts";
import { type Likely, likeliest } from "./likely.ts";
import { type LookedUp, lookUp } from "./look-up.ts";

/** What is begun while the intent is being asked for. */
export interface Ahead {
  /** Begins it, by the local classifier's guess or what was said before. */
  begin(guess: LikelyIntent | null): void;
  /** The answer that was begun, if it is to what the customer wants; any other is discarded. */
  answerTo(perceived: Perceived): Early | null;
  /** What the answer to this intent comes from, looked up by now or now, and noted; null when there is nothing. */
  factsFor(perceived: Perceived): Promise<string | null>;
}

/** An answer that was begun before its intent was sure. */
export interface Early {
  tools: TurnTools;
  /** What was looked up for it; null when there is nothing. */
  facts: Promise<string | null>;
  /** The reply, or what it failed of; from here on all of it is the turn's. */
  said(): Promise<Said | Error>;
}

/** How an answer is begun. */
export interface Means {
  /** True when the answer's model may be asked before the intent is sure. */
  mayReply: boolean;
  /** True when what the customer wants is a question that anybody could ask. */
  isImpersonal(perceived: Perceived): boolean;
  answer(turn: ComposingTurn, rung: Rung, tools: TurnTools): Promise<Said | Error>;
}

/** Work of one turn ahead of its classification. Of what is not wanted nothing is left but its cost. */
export function createAhead(turn: ComposingTurn, means: Means): Ahead | null {
  const { claim, journal, deps } = turn;
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
    answerTo(perceived) {
      const early = begun;
      begun = null;
      if (early?.isAbout(perceived)) return early.keep(perceived);
      early?.discard();
      return null;
    },
    async factsFor({ intent }) {
      if (intentOf(claim.tenant, intent).source === undefined) return null;
      look(intent);
      const found = await looking;
      if (found) journal.toolCalls.push(found.call);
      return found?.facts ?? null;
    },
  };
}

interface Begun {
  isAbout(perceived: Perceived): boolean;
  keep(perceived: Perceived): Early;
  discard(): void;
}

function beginReply(
  turn: ComposingTurn,
  { intent }: Likely,
  looking: Promise<LookedUp | null>,
  { isImpersonal, answer }: Means,
): Begun {
  const { claim } = turn;
  const guessed: Perceived = { intent, language: likelyLanguage(claim), classified: true, byWords: false };
  const impersonal = isImpersonal(guessed);
  const journal = turn.journal.branch();
  const ending = new AbortController();
  let decide: (wanted: boolean) => void = () => {};
  const wanted = new Promise<boolean>((resolve) => {
    decide = resolve;
  });
  const tools = heldUntil(wanted, createTurnTools({ ...turn, journal }, guessed.language));
  const [rung] = ladder(turn, guessed, tools, "all");
  const said = (async (): Promise<Said | Error> => {
    const found = await looking;
    if (!rung || ending.signal.aborted) return new Error("not wanted");
    if (found) journal.toolCalls.push(found.call);
    const attempt = { ...rung, impersonal, facts: found?.facts ?? null, signal: ending.signal };
    return answer({ ...turn, journal }, attempt, tools);
  })();
  return {
    isAbout: ({ intent: perceived, language, classified }) =>
      perceived === intent && language === guessed.language && (classified || !impersonal),
    keep(perceived) {
      decide(true);
      return {
        tools,
        facts: looking.then((found) => found?.facts ?? null),
        async said() {
          const outcome = await said;
          journal.keep();
          if (!perceived.classified) turn.journal.note({ rung: "no_classification" });
          return outcome;
        },
      };
    },
    discard() {
      // The service may bill a call that is cut off, and tells nothing of it.
      if (rung && journal.exchanges.isWaiting()) discardCall(rung.model, { claim, journal });
      journal.discard();
      decide(false);
      ending.abort();
    },
  };
}
