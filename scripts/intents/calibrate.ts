import type { Classifier } from "../../lib/intents/likeness/classifier.ts";
import { type Guess, guess, type Likeness, negatedIn, OTHER } from "../../lib/intents/likeness/likeness.ts";
import { type Training, train } from "../../lib/intents/likeness/train.ts";
import { isWord, wordsOf } from "../../lib/intents/likeness/words.ts";
import { isCourtesy } from "../../lib/intents/local/courtesy.ts";
import { labelOf } from "./labels.ts";
import { LANGUAGES, type Phrase } from "./phrases.ts";
import { rowsOf } from "./rows.ts";
import { SURROUNDINGS } from "./slots.ts";

const TRAINING: Training = { bits: 15, epochs: 6, seed: 7 };
const FOLDS = 5;

/** A classifier of these phrases with what else a guess needs; neither calibrated nor with a threshold. */
export function learn(phrases: readonly Phrase[], training: Training = TRAINING): Likeness {
  const classifier = train(rowsOf(phrases), training);
  return assembled(phrases, classifier);
}

function assembled(phrases: readonly Phrase[], classifier: Classifier): Likeness {
  const said = phrases.map(({ text, topic }) => ({ words: wordsOf(text), label: labelOf(topic) }));
  const surroundings = LANGUAGES.flatMap((language) => {
    const { before, after, nouns } = SURROUNDINGS[language];
    return [...before, ...after, ...nouns.flat()].map(wordsOf);
  });
  const words = new Set([...said.map((each) => each.words), ...surroundings].flat().filter(isWord));
  const negated = new Map(
    classifier.labels.map((label) => [
      label,
      negatedIn(said.filter((each) => each.label === label).map((each) => each.words)),
    ]),
  );
  return { classifier, words, negated, young: new Set(), threshold: 1, version: "" };
}

/** A guess about a phrase that the classifier had not seen. */
export interface Unseen extends Guess {
  phrase: Phrase;
  right: boolean;
}

interface Fold {
  likeness: Likeness;
  held: Phrase[];
}

/** A classifier of four fifths of the phrases and the fifth that it did not see, for each fifth. */
export const folds = (phrases: readonly Phrase[], training: Training = TRAINING): Fold[] =>
  Array.from({ length: FOLDS }, (_, fold) => ({
    likeness: learn(
      phrases.filter((_, at) => at % FOLDS !== fold),
      training,
    ),
    held: phrases.filter((_, at) => at % FOLDS === fold),
  }));

/** Guesses about these phrases. */
export const guesses = (likeness: Likeness, phrases: readonly Phrase[]): Unseen[] =>
  phrases.map((phrase) => {
    const guessed = guess(phrase.text, likeness, { isCourtesy });
    return { ...guessed, phrase, right: guessed.label === labelOf(phrase.topic) };
  });

/** Of the guesses that name an intent: how many are at least this sure, and the share of them that is right. */
export function atLeast(guessed: readonly Unseen[], threshold: number): { decided: number; right: number } {
  const sure = guessed.filter(({ label, confidence }) => label !== OTHER && confidence >= threshold);
  return { decided: sure.length, right: sure.filter(({ right }) => right).length };
}
