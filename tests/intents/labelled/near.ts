import { wordsOf } from "../../../lib/intents/likeness/words.ts";

/** Texts of so few words are everybody's: two authors write "muchas gracias" alike. */
const EVERYBODYS = 2;
/** Share of the words of two texts that both have, from which on they are the same message in another dress. */
const NEAR = 0.75;
/** Shorter texts are near when they have the same words. */
const LONG = 4;

/** Finds the texts that say a message of three words or more in nearly the same words, in whatever order. */
export function nearTo(texts: readonly string[]): (message: string) => string | undefined {
  const known = texts.map((text) => ({ text, words: new Set(wordsOf(text)) }));
  return (message) => {
    const words = new Set(wordsOf(message));
    if (words.size <= EVERYBODYS) return undefined;
    const least = words.size < LONG ? 1 : NEAR;
    return known.find((each) => {
      const both = [...words].filter((word) => each.words.has(word)).length;
      return both / (words.size + each.words.size - both) >= least;
    })?.text;
  };
}
