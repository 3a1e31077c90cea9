import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { INTENTS } from "../../lib/intents/table.ts";
import type { Language } from "../../lib/types/company.ts";

/** A phrase of the table or of the files. */
export interface Phrase {
  text: string;
  language: Language;
  /** An intent, `contrast` (sounds like one and is none) or `background` (what no customer of a shop asks). */
  topic: string;
  /** A message of the company's own customers. */
  own?: true;
}

export const LANGUAGES = ["es", "en", "pt"] as const;
export const PHRASES_DIRECTORY = fileURLToPath(new URL("../../lib/intents/phrases", import.meta.url));
/** What a phrase may be of. */
export const TOPICS: readonly string[] = [...INTENTS.map(({ name }) => name), "contrast", "background"];

/** The examples of the table and all phrases of the files, shipped and own, each text once in a topic and language. */
export function readPhrases(directory = PHRASES_DIRECTORY): Phrase[] {
  const phrases: Phrase[] = INTENTS.flatMap(({ name, examples }) =>
    LANGUAGES.flatMap((language) =>
      examples[language]
        // Some examples hold two questions; a mark is no phrase.
        .flatMap((example) => example.split("?,"))
        .filter((text) => /\p{L}/u.test(text) && !text.startsWith("【"))
        .map((text) => ({ text, language, topic: name })),
    ),
  );
  phrases.push(...readPhraseFiles(directory));
  const unique = new Map(
    phrases.map((phrase) => [`${phrase.topic}\n${phrase.language}\n${phrase.text}`, phrase]),
  );
  return [...unique.values()];
}

/** All phrases of the files, shipped and own. */
export const readPhraseFiles = (directory = PHRASES_DIRECTORY): Phrase[] =>
  LANGUAGES.flatMap((language) => [
    ...phrasesIn(join(directory, language), language),
    ...phrasesIn(join(directory, "own", language), language).map((phrase) => ({
      ...phrase,
      own: true as const,
    })),
  ]);

function phrasesIn(folder: string, language: Language): Phrase[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const topic = name.replace(/\.txt$/, "");
      if (!TOPICS.includes(topic))
        throw new Error(`${join(folder, name)}: not an intent of the table, contrast or background`);
      return linesOf(readFileSync(join(folder, name), "utf8")).map((text) => ({ text, language, topic }));
    });
}

/** Lines that hold a phrase: `#` begins a remark. */
export const linesOf = (text: string): string[] =>
  text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"));
