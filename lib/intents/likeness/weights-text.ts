import type { Classifier } from "./classifier.ts";
import type { Likeness } from "./likeness.ts";

/** What `npm run intents` learnt, as text: a character for each number, which a gzipped function stores in a few bits. */
export interface Weights {
  /** Hash of all below: a change of the phrases is another one. */
  version: string;
  labels: readonly string[];
  bits: number;
  /** What one step of `weights` is worth, and one of `rarity`. */
  steps: { weights: number; rarity: number };
  biases: readonly number[];
  temperature: number;
  threshold: number;
  /** Labels of too few phrases to decide. */
  young: readonly string[];
  rarity: string;
  weights: string;
  /** All words of the phrases. */
  words: string;
  /** Words that many phrases have. */
  common: string;
  /** Words that follow a negation in the phrases of a label. */
  negated: Readonly<Record<string, string>>;
}

/** Largest number of steps to either side: fifteen values say as much as exact ones (measured), in a third of the bytes. */
const MOST = 7;
/** Character of no step: `0` to `>` stand for the others. */
const ZERO = "7".charCodeAt(0);

/** Numbers as characters: the nearest steps. */
export const asCharacters = (values: Float32Array, step: number): string =>
  Array.from(values, (value) =>
    String.fromCharCode(ZERO + Math.max(-MOST, Math.min(MOST, Math.round(value / step)))),
  ).join("");

/** The characters as numbers. */
function asNumbers(characters: string, step: number): Float32Array {
  const values = new Float32Array(characters.length);
  for (let at = 0; at < values.length; at++) values[at] = (characters.charCodeAt(at) - ZERO) * step;
  return values;
}

/** The step at which the largest of these values takes most steps. */
export const stepOf = (most: number): number => Math.fround(most / MOST);

/** The text as it is used. */
export function likenessOf(text: Weights): Likeness {
  const listed = (words: string): ReadonlySet<string> => new Set(words.split(" "));
  const classifier: Classifier = {
    ...{ labels: text.labels, bits: text.bits, temperature: text.temperature },
    common: listed(text.common),
    rarity: asNumbers(text.rarity, text.steps.rarity),
    weights: asNumbers(text.weights, text.steps.weights),
    biases: Float32Array.from(text.biases),
  };
  const negated = new Map(Object.entries(text.negated).map(([label, words]) => [label, listed(words)]));
  const { threshold, version } = text;
  return { classifier, words: listed(text.words), negated, young: new Set(text.young), threshold, version };
}
