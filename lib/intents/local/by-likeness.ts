import { guess, type Likeness } from "../likeness/likeness.ts";
import { WEIGHTS } from "../likeness/weights.ts";
import { likenessOf } from "../likeness/weights-text.ts";
import { wordsOf } from "../likeness/words.ts";
import { INTENTS, type ShippedName } from "../table.ts";
import { isCourtesy } from "./courtesy.ts";

/** Guess about a text by its likeness to the phrases of the intents. */
export interface LikelyIntent {
  /** Null: it is like none of them, or like what only a model can tell. */
  intent: ShippedName | null;
  /** 0 to 1. */
  confidence: number;
  /** True when the guess is good enough to decide. */
  sure: boolean;
  /** True when it serves better than none where no model answers. */
  likely: boolean;
  /** Names the weights that guessed. */
  version: string;
}

/** More often right than wrong from here on, by far: the confidence is calibrated. */
const LIKELY = 0.5;
/** Behind a question of ours, fewer words may be its answer. */
const LEAST_WORDS_TO_A_QUESTION = 4;

let decoded: Likeness | null = null;

function shipped(): Likeness {
  decoded ??= likenessOf(WEIGHTS);
  return decoded;
}

/**
 * The likeliest intent; without a call and in well under a millisecond. `answersQuestion`: the text follows a question of ours.
 * `likeness`: other weights than the shipped ones.
 */
export function intentByLikeness(
  text: string,
  answersQuestion: boolean,
  likeness: Likeness = shipped(),
): LikelyIntent {
  const { label, confidence } = guess(text, likeness, { isCourtesy });
  const row = INTENTS.find(({ name }) => name === label);
  const rounded = Math.round(confidence * 100) / 100;
  const { threshold, young, version } = likeness;
  const likely = row !== undefined && rounded >= LIKELY && !(answersQuestion && mayAnswer(text, label));
  const sure = likely && rounded >= threshold && !young.has(label);
  return { intent: row?.name ?? null, confidence: rounded, sure, likely, version };
}

/** True for what may be the answer to a question: courtesies, and a few words. */
const mayAnswer = (text: string, label: string): boolean =>
  isCourtesy(label) || wordsOf(text).length < LEAST_WORDS_TO_A_QUESTION;
