import { foldText } from "../language/fold.ts";
import type { Language } from "../types/company.ts";
import type { IntentRow } from "./own.ts";
import { INTENTS, type IntentName } from "./table.ts";

/** Intent of an unambiguous message, and the languages that fit its words. */
export interface PlainIntent {
  intent: IntentName;
  languages: readonly Language[];
}

/** Longer texts usually say more than one thing. */
const LONGEST = 200;

/** Polite phrases that do not change a request. */
const POLITE: Record<Language, readonly string[]> = {
  es: ["por favor", "porfavor", "porfa", "disculpa", "disculpe"],
  en: ["please", "excuse me", "sorry"],
  pt: ["por favor", "porfavor", "por gentileza", "desculpe", "com licença"],
};

interface Phrase {
  words: readonly string[];
  /** Null for a polite phrase. */
  row: IntentRow | null;
  languages: Set<Language>;
}

/**
 * Intent of a text made only of example phrases from the table, with any number in place of theirs: "hola, ¿dónde está mi
 * pedido 1042?" is a greeting and an example of `order_status`. Null when nothing or two things match; the model decides
 * then. `answersQuestion`: the text follows a question of ours, which a short word might answer. `rows`: the table with a
 * company's own examples.
 */
export function intentByWords(
  text: string,
  answersQuestion: boolean,
  rows: readonly IntentRow[] = INTENTS,
): PlainIntent | null {
  if (text.length > LONGEST) return null;
  const phrases = split(wordsOf(text), phrasesOf(rows));
  if (!phrases) return null;
  const meant = [...new Set(phrases.flatMap(({ row }) => row ?? []))];
  // A greeting followed by a question is the question.
  const requests = meant.filter(({ byWords }) => byWords === undefined);
  const [row, other] = requests.length > 0 ? requests : meant;
  if (!row || other || (answersQuestion && row.byWords === "reaction")) return null;
  const languages = LANGUAGES.filter((language) => phrases.every((phrase) => phrase.languages.has(language)));
  return languages.length === 0 ? null : { intent: row.name, languages };
}

/** Phrases that make up these words, longer ones preferred; null when a word is in no phrase. */
function split(words: readonly string[], phrasesByFirstWord: PhraseIndex): Phrase[] | null {
  // Each position is tried once, so repetition cannot make this slow.
  const tried = new Set<number>();
  const from = (start: number): Phrase[] | null => {
    if (start === words.length) return [];
    if (tried.has(start)) return null;
    tried.add(start);
    for (const phrase of phrasesByFirstWord.get(words[start] ?? "") ?? []) {
      if (!phrase.words.every((word, index) => word === words[start + index])) continue;
      const rest = from(start + phrase.words.length);
      if (rest) return [phrase, ...rest];
    }
    return null;
  };
  return from(0);
}

/** Words without accents, punctuation and emoji; any number is `#`, and "holaaa" is "hola". */
function wordsOf(text: string): string[] {
  return (
    foldText(text)
      .replace(/(\p{L})\1{2,}/gu, "$1")
      .replace(/#?(\d[\d.,-]*\d|\d)/g, " # ")
      .match(/#|[\p{L}']+/gu) ?? []
  );
}

/** What two spellings of one phrase have in common. */
export const phraseKey = (phrase: string): string => wordsOf(phrase).join(" ");

const LANGUAGES = ["es", "en", "pt"] as const;

/** Phrases by their first word, longest first. */
type PhraseIndex = ReadonlyMap<string, readonly Phrase[]>;

const indexes = new WeakMap<readonly IntentRow[], PhraseIndex>();

/** The index of these rows, made once. */
function phrasesOf(rows: readonly IntentRow[]): PhraseIndex {
  const known = indexes.get(rows) ?? index(rows);
  indexes.set(rows, known);
  return known;
}

function index(rows: readonly IntentRow[]): PhraseIndex {
  const phrases = new Map<string, Phrase>();
  const twofold = new Set<string>();
  const add = (row: IntentRow | null, language: Language, text: string) => {
    const words = wordsOf(text);
    const key = words.join(" ");
    // A number alone means nothing without the previous question.
    if (!/\p{L}/u.test(key)) return;
    const known = phrases.get(key);
    if (known && known.row !== row) twofold.add(key);
    phrases.set(key, { words, row, languages: new Set([...(known?.languages ?? []), language]) });
  };
  for (const language of LANGUAGES) {
    for (const row of rows) {
      if (row.byWords === "never") continue;
      // Some examples hold two questions.
      for (const text of row.examples[language].flatMap((example) => example.split("?,")))
        add(row, language, text);
    }
    for (const text of POLITE[language]) add(null, language, text);
  }
  const byFirstWord = new Map<string, Phrase[]>();
  for (const [key, phrase] of phrases) {
    if (twofold.has(key)) continue;
    const first = phrase.words[0] ?? "";
    byFirstWord.set(first, [...(byFirstWord.get(first) ?? []), phrase]);
  }
  for (const list of byFirstWord.values()) list.sort((a, b) => b.words.length - a.words.length);
  return byFirstWord;
}
