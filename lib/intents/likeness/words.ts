import { foldText } from "../../language/fold.ts";
import { meantBy } from "./spellings.ts";

/** Polite words, which change no request; a text of nothing else keeps them. */
const POLITE: ReadonlySet<string> = new Set(
  `porfavor please favor disculpe disculpa perdon perdona senorita senor senora amigo amiga moca moco gentileza licenca excuse sorry`.split(
    " ",
  ),
);

const POLITE_PHRASES = /(?<!\p{L})(?:por favor|se puder|por gentileza|com licenca)(?!\p{L})/gu;
const ENDINGS: Readonly<Record<string, string>> = {
  s: "is",
  m: "am",
  re: "are",
  ve: "have",
  ll: "will",
  d: "would",
};

/** Stands for any number. */
export const NUMBER = "#";

/** True for a word of letters. */
export const isWord = (word: string): boolean => /^\p{L}/u.test(word);

/** The words of a text as they were meant: without accents and polite words, short forms written out, `#` for any number. */
export function wordsOf(text: string): string[] {
  const spelt = foldText(text)
    .replace(/(\p{L})\1{2,}/gu, "$1")
    .replace(/[’`´]/g, "'")
    .replace(POLITE_PHRASES, " ")
    .replace(/#?\d[\d.,:/*x-]*/g, ` ${NUMBER} `)
    .replace(/n't(?!\p{L})/gu, " not")
    .replace(/(\p{L})'(s|m|re|ve|ll|d)(?!\p{L})/gu, (_, letter, end) => `${letter} ${ENDINGS[end]}`);
  const words = (spelt.match(/#|\p{L}+|👍|🙏|👋/gu) ?? []).flatMap(meantBy);
  const asked = words.filter((word) => !POLITE.has(word));
  return asked.length > 0 ? asked : words;
}

/** Joins that begin another clause. */
const JOINS =
  "y|e|and|also|tambien|tambem|ademas|alem disso|pero|but|plus|tb|tbm|ah|otra (?:cosa|pregunta|consulta)|outra (?:coisa|pergunta)|one more thing";
const CUT = new RegExp(`[?!.,;:\\n]+|(?<=\\s)(?:${JOINS})\\s`, "giu");

/** The clauses of a text that hold two words or more. */
export function clausesOf(text: string): string[][] {
  return foldText(text)
    .split(CUT)
    .map(wordsOf)
    .filter((words) => words.length >= 2);
}
