import { foldText } from "../../../lib/language/fold.ts";

/** A text as weighted features of length one; the dot product of two is their similarity, 0 to 1. */
export type Vector = ReadonlyMap<string, number>;

/** Turns texts into vectors, in which features that are rare among the examples weigh more. */
export function createVectorizer(examples: readonly string[]): (text: string) => Vector {
  const frequency = new Map<string, number>();
  for (const example of examples)
    for (const feature of new Set(features(example)))
      frequency.set(feature, (frequency.get(feature) ?? 0) + 1);
  const rarity = (feature: string) => Math.log(1 + examples.length / (1 + (frequency.get(feature) ?? 0)));
  return (text) => {
    const weights = new Map<string, number>();
    for (const feature of features(text)) weights.set(feature, rarity(feature) * weightOf(feature));
    const length = Math.hypot(...weights.values()) || 1;
    return new Map([...weights].map(([feature, weight]) => [feature, weight / length]));
  };
}

/** Similarity of two vectors. */
export function similarity(one: Vector, other: Vector): number {
  let sum = 0;
  for (const [feature, weight] of one) sum += weight * (other.get(feature) ?? 0);
  return sum;
}

/** Words, pairs of words, and pieces of four letters; all numbers count as the same. */
function features(text: string): string[] {
  const words =
    foldText(text)
      .replace(/\d+/g, "0")
      .match(/[\p{L}'0]+|\p{Extended_Pictographic}/gu) ?? [];
  const pairs = words.slice(1).map((word, index) => `${words[index]} ${word}`);
  const pieces = words.flatMap((word) => pieceOf(` ${word} `));
  return [...words.map((word) => `w:${word}`), ...pairs.map((pair) => `p:${pair}`), ...pieces];
}

function pieceOf(padded: string): string[] {
  return Array.from({ length: Math.max(0, padded.length - 3) }, (_, at) => `c:${padded.slice(at, at + 4)}`);
}

/** Pieces weigh less, since they are many and similar. */
function weightOf(feature: string): number {
  return feature.startsWith("c:") ? 0.35 : 1;
}
