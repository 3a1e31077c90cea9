import type { Classifier } from "../../lib/intents/likeness/classifier.ts";
import { commonIn } from "../../lib/intents/likeness/features.ts";
import { type Guess, guess, type Likeness, negatedIn, OTHER } from "../../lib/intents/likeness/likeness.ts";
import { type Row, train } from "../../lib/intents/likeness/train.ts";
import { isWord, wordsOf } from "../../lib/intents/likeness/words.ts";
import { isCourtesy } from "../../lib/intents/local/courtesy.ts";
import { labelOf } from "./labels.ts";
import { LANGUAGES, type Phrase } from "./phrases.ts";
import { rowsOf } from "./rows.ts";
import { SURROUNDINGS } from "./slots.ts";

const TRAINING = { bits: 15, epochs: 6, seed: 7 };
const FOLDS = 5;

/** A classifier of these phrases with what else a guess needs; neither calibrated nor with a threshold. */
export function learn(phrases: readonly Phrase[]): Likeness {
  const rows = rowsOf(phrases);
  const common = commonIn(phrases.map(({ text }) => wordsOf(text)));
  const classifier = train(rows, { ...TRAINING, common });
  expectLikeOwn(classifier, { rows, phrases });
  return assembled(phrases, classifier);
}

/** Own messages that are as good as one share of all rows: few of them say little about what customers want how often. */
const DOUBT = 20;
/** An intent that comes seldom among the own messages may still come: what their words tell is never proposed. */
const LEAST_RATIO = 0.5;

/** Expects each label as often as the company's own messages have it, and not as often as phrases were written of it. */
function expectLikeOwn(
  { labels, biases }: Classifier,
  { rows, phrases }: { rows: readonly Row[]; phrases: readonly Phrase[] },
): void {
  const own = phrases.filter((phrase) => phrase.own);
  const all = rows.reduce((sum, { weight }) => sum + weight, 0);
  for (const [at, label] of labels.entries()) {
    const share = rows.reduce((sum, row) => sum + (row.label === label ? row.weight : 0), 0) / all;
    const count = own.filter(({ topic }) => labelOf(topic) === label).length;
    const ratio = (count + DOUBT * share) / (own.length + DOUBT) / share;
    biases[at] = (biases[at] ?? 0) + Math.log(Math.max(LEAST_RATIO, ratio));
  }
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
export const folds = (phrases: readonly Phrase[]): Fold[] =>
  Array.from({ length: FOLDS }, (_, fold) => ({
    likeness: learn(phrases.filter((_, at) => at % FOLDS !== fold)),
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
