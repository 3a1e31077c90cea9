import { ideasOf } from "./ideas.ts";
import { NUMBER } from "./words.ts";

/** Kinds of features; each hashes into the same buckets by a seed of its own. */
const SEED = { word: 1, pair: 2, letters: 3, shape: 5, idea: 21, ideaPair: 22, ideaSkip: 23 } as const;
const WEIGHT = {
  word: 1,
  pair: 1,
  letters: 0.5,
  shape: 0.7,
  idea: 0.7,
  ideaPair: 0.7,
  ideaSkip: 0.5,
} as const;
const LETTERS = { least: 2, most: 5 };
/** Stands for a word that is not common: a shop's things are asked for in the same ways as any other's. */
const ANY = "*";
/** Longer words are mostly not words; their letters would only cost time. */
const LONGEST_WORD = 24;

/** A text's features: the weight of each bucket that it falls into. */
export type Features = ReadonlyMap<number, number>;

/** What features are made with. */
export interface Buckets {
  /** Their number, as a power of two. */
  readonly bits: number;
  /** Words that many texts have. */
  readonly common: ReadonlySet<string>;
}

/** Hashed words, pairs of words, pairs and triples around words that are not common, letters within words, and ideas. */
export function featuresOf(words: readonly string[], { bits, common }: Buckets): Features {
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
  for (const shape of shapesOf(words, common)) add("shape", shape);
  const ideas = ideasOf(words);
  for (const idea of ideas) add("idea", idea);
  for (let at = 0; at <= ideas.length; at++) add("ideaPair", `${ideas[at - 1] ?? "^"} ${ideas[at] ?? "$"}`);
  for (let at = 0; at + 2 < ideas.length; at++) add("ideaSkip", `${ideas[at]} ${ideas[at + 2]}`);
  return features;
}

/** Pairs and triples in which any word stands for those that are not common; without those that have none. */
function shapesOf(words: readonly string[], common: ReadonlySet<string>): string[] {
  const known = words.map((word) => (word === NUMBER || common.has(word) ? word : ANY));
  const pairs = [...known, "$"].map((word, at) => [known[at - 1] ?? "^", word]);
  const triples = known.slice(2).map((word, at) => [known[at] ?? "", known[at + 1] ?? "", word]);
  return [...pairs, ...triples].filter((shape) => shape.includes(ANY)).map((shape) => shape.join(" "));
}

const LEAST_TEXTS = 8;

/** The words that many of these texts have. */
export function commonIn(texts: readonly (readonly string[])[]): Set<string> {
  const counts = new Map<string, number>();
  for (const words of texts) for (const word of new Set(words)) counts.set(word, (counts.get(word) ?? 0) + 1);
  return new Set([...counts].filter(([, count]) => count >= LEAST_TEXTS).map(([word]) => word));
}

/** FNV-1a with a final mix: the same number for the same text on every machine. */
function hash(text: string, seed: number): number {
  let value = (0x811c9dc5 ^ seed) | 0;
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 16777619);
  value = Math.imul(value ^ (value >>> 13), 0x5bd1e995);
  return (value ^ (value >>> 15)) >>> 0;
}
