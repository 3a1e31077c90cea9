import { plain } from "../language/fold.ts";
import type { Language } from "../types/company.ts";
import { INTENTS, type IntentName } from "./table.ts";

/** What a message says beyond doubt, and the languages in which it is said so. */
export interface PlainIntent {
  intent: IntentName;
  languages: readonly Language[];
}

/** Longer texts say more than one thing. */
const LONGEST = 200;

/** Said around a request without changing it. */
const POLITE: Record<Language, readonly string[]> = {
  es: ["por favor", "porfavor", "porfa", "disculpa", "disculpe"],
  en: ["please", "excuse me", "sorry"],
  pt: ["por favor", "porfavor", "por gentileza", "desculpe", "com licença"],
};

type Row = (typeof INTENTS)[number];

interface Phrase {
  words: readonly string[];
  /** Null when it is only polite. */
  row: Row | null;
  languages: Set<Language>;
}

/**
 * The intent of a text that consists of example phrases of the table and nothing else: "hola, ¿dónde está mi pedido
 * 1042?" is the example "¿dónde está mi pedido 1042?" with any number, behind a greeting. Null when that says nothing, or two
 * things; the model has to look then. `answersQuestion`: it follows a question of ours, which a short word might answer.
 */
export function intentByWords(text: string, answersQuestion: boolean): PlainIntent | null {
  if (text.length > LONGEST) return null;
  const phrases = split(wordsOf(text));
  if (!phrases) return null;
  const meant = [...new Set(phrases.flatMap(({ row }) => row ?? []))];
  // A greeting followed by a question is the question.
  const requests = meant.filter(({ byWords }) => byWords === undefined);
  const [row, other] = requests.length > 0 ? requests : meant;
  if (!row || other || (answersQuestion && row.byWords === "reaction")) return null;
  const languages = LANGUAGES.filter((language) => phrases.every((phrase) => phrase.languages.has(language)));
  return languages.length === 0 ? null : { intent: row.name, languages };
}

/** The phrases that make up these words, the longest first; null when some word is in none. */
function split(words: readonly string[]): Phrase[] | null {
  // Each place is tried once, whatever a text repeats.
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

/** Without accents, signs and pictures; any number is `#`, and "holaaa" is "hola". */
function wordsOf(text: string): string[] {
  return (
    plain(text)
      .replace(/(\p{L})\1{2,}/gu, "$1")
      .replace(/#?(\d[\d.,-]*\d|\d)/g, " # ")
      .match(/#|[\p{L}']+/gu) ?? []
  );
}

const LANGUAGES = ["es", "en", "pt"] as const;

/** By their first word, the longest first. */
const phrasesByFirstWord = index(INTENTS);

function index(rows: readonly Row[]): ReadonlyMap<string, readonly Phrase[]> {
  const phrases = new Map<string, Phrase>();
  const twofold = new Set<string>();
  const add = (row: Row | null, language: Language, text: string) => {
    const words = wordsOf(text);
    const key = words.join(" ");
    // A number alone says nothing without what was asked before.
    if (!/\p{L}/u.test(key)) return;
    const known = phrases.get(key);
    if (known && known.row !== row) twofold.add(key);
    phrases.set(key, { words, row, languages: new Set([...(known?.languages ?? []), language]) });
  };
  for (const language of LANGUAGES) {
    for (const row of rows) {
      if (row.byWords === "never") continue;
      // Some examples are two questions.
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
