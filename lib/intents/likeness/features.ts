import { ideasOf } from "./ideas.ts";

/** Kinds of features; each hashes into the same buckets by a seed of its own. */
const SEED = { word: 1, pair: 2, letters: 3, idea: 21, ideaPair: 22, ideaSkip: 23 } as const;
const WEIGHT = { word: 1, pair: 1, letters: 0.5, idea: 0.7, ideaPair: 0.7, ideaSkip: 0.5 } as const;
const LETTERS = { least: 2, most: 5 };
/** Longer words are mostly not words; their letters would only cost time. */
const LONGEST_WORD = 24;

/** A text's features: the weight of each bucket that it falls into. */
export type Features = ReadonlyMap<number, number>;

/** Hashed words, pairs of words, letters within words, and ideas. `bits`: the buckets, as a power of two. */
export function featuresOf(words: readonly string[], bits: number): Features {
  const features = new Map<number, number>();
  const mask = (1 << bits) - 1;
  const add = (kind: keyof typeof SEED, text: string) => {
    const bucket = hash(text, SEED[kind]) & mask;
    if (!features.has(bucket)) features.set(bucket, WEIGHT[kind]);
  };
  for (const word of words) add("word", word);
  for (let at = 0; at <= words.length; at++) add("pair", `${words[at - 1] ?? "^"} ${words[at] ?? "$"}`);
  for (const word of words) {
    const edged = `<${word.slice(0, LONGEST_WORD)}>`;
    for (let size = LETTERS.least; size <= LETTERS.most; size++)
      for (let at = 0; at + size <= edged.length; at++) add("letters", edged.slice(at, at + size));
  }
  const ideas = ideasOf(words);
  for (const idea of ideas) add("idea", idea);
  for (let at = 0; at <= ideas.length; at++) add("ideaPair", `${ideas[at - 1] ?? "^"} ${ideas[at] ?? "$"}`);
  for (let at = 0; at + 2 < ideas.length; at++) add("ideaSkip", `${ideas[at]} ${ideas[at + 2]}`);
  return features;
}

/** FNV-1a with a final mix: the same number for the same text on every machine. */
function hash(text: string, seed: number): number {
  let value = (0x811c9dc5 ^ seed) | 0;
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 16777619);
  value = Math.imul(value ^ (value >>> 13), 0x5bd1e995);
  return (value ^ (value >>> 15)) >>> 0;
}
