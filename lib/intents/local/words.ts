import { guessLanguage } from "../../language/guess.ts";
import type { Language } from "../../types/company.ts";
import { asksForPerson } from "../asks-for-person.ts";
import { intentByWords, type PlainIntent } from "../by-words.ts";
import type { IntentRow } from "../own.ts";
import type { IntentName } from "../table.ts";

/** A text, and what is known about it besides its words. */
export interface Asked {
  text: string;
  /** The text follows a question of ours. */
  answersQuestion: boolean;
  /** Our message that it may answer. */
  before: string | null;
  /** Language that the customer is expected to write; null when nothing is known. */
  expected: Language | null;
  /** The table with a company's own examples. */
  rows?: readonly IntentRow[] | undefined;
}

/** Intent by a text's very words, or a request for a person; null when words do not tell the intent, or which of two languages it is. */
export function decideByWords(asked: Asked): { intent: IntentName; language: Language } | null {
  const { text, answersQuestion, before, rows } = asked;
  const local = intentByWords(text, answersQuestion, rows);
  if (local && local.intent !== "human_handoff") {
    const language = languageOf(asked, local);
    return language && { intent: local.intent, language };
  }
  // "Persona" may be the answer to what we asked.
  if (!asksForPerson(text, before)) return null;
  const language = languageOf(asked, local);
  return language && { intent: "human_handoff", language };
}

/** A word may look like one of another language ("ola"): only a language that fits the customer is certain. */
function languageOf({ text, expected }: Asked, local: PlainIntent | null): Language | null {
  const read = guessLanguage(text, { known: expected, phone: null, company: expected ?? "es" });
  if (expected === null)
    return !local || local.languages.includes(read) ? read : (local.languages[0] ?? null);
  const fits = local ? local.languages.includes(expected) : read === expected;
  return fits ? expected : null;
}
