import type { Language } from "../../../../lib/types/company.ts";

/** A customer's question for which a passage is to be written: in memory alone, never in an address. */
export interface HandedQuestion {
  question: string;
  language: Language;
}

let handed: HandedQuestion | null = null;

/** Hands a question over to the page `/:tenant/knowledge/new`, which is opened next. */
export function handQuestion(question: HandedQuestion): void {
  handed = question;
}

/** The question that was handed over last; it stays until another one is, so that going back and forth does not lose it. */
export const handedQuestion = (): HandedQuestion | null => handed;
