import { guessLanguage } from "../../language/guess.ts";
import type { Language } from "../../types/company.ts";
import type { Likeness } from "../likeness/likeness.ts";
import type { IntentName } from "../table.ts";
import { intentByLikeness, type LikelyIntent } from "./by-likeness.ts";
import { type Asked, decideByWords } from "./words.ts";

/** What is known of a text without a model. */
export interface LocalDecision {
  /** Null: left to the model. */
  intent: IntentName | null;
  confidence: number;
  language: Language;
  decidedBy: "words" | "likeness";
}

/** Decides by words, else by likeness when that is sure, else leaves the intent to the model. `likeness`: as `intentByLikeness`. */
export function decideLocally(asked: Asked, likeness?: Likeness): LocalDecision {
  const byWords = decideByWords(asked);
  if (byWords) return { ...byWords, confidence: 1, decidedBy: "words" };
  const { text, answersQuestion, expected } = asked;
  const { intent, confidence, sure }: LikelyIntent = intentByLikeness(text, answersQuestion, likeness);
  const language = guessLanguage(text, { known: expected, phone: null, company: expected ?? "es" });
  return { intent: sure ? intent : null, confidence, language, decidedBy: "likeness" };
}
