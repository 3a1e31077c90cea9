import { cleanText } from "../../json/clean.ts";
import { fieldOf, fieldsOf } from "../../json/lenient.ts";
import { booleanWord, dateWords } from "../../language/acts.ts";
import { unmarked } from "../../language/marks.ts";
import type { Language } from "../../types/company.ts";
import type { Json } from "../../types/json.ts";

/** As much of a value as is shown; a question shows all of it or is not asked. */
const MAX_VALUE = 200;

/** What stands for fields: of the input, and of the system's answer. */
export interface Values {
  input: Json;
  answer?: Json;
}

/** A filled template. */
export interface Filled {
  /** As Markdown in which values have no formatting. */
  text: string;
  /** Fields without a value that can be shown. */
  missing: string[];
  /** Fields whose value is longer than what is shown. */
  cut: string[];
}

const PLACEHOLDER = /\{(answer\.)?([A-Za-z0-9_]{1,64}(?:\.[A-Za-z0-9_]{1,64}){0,4})\}/g;

/** A template with its fields filled in: no value can look like anything but text. */
export function fill(template: string, { input, answer = null }: Values, language: Language): Filled {
  const missing: string[] = [];
  const cut: string[] = [];
  const text = template.replace(PLACEHOLDER, (_all, ofAnswer: string | undefined, path: string) => {
    const words = wordsOf(at(ofAnswer ? answer : input, path), language);
    if (words === null) missing.push(path);
    else if (words.length > MAX_VALUE) cut.push(path);
    return words === null ? "–" : literal(cleanText(words, MAX_VALUE));
  });
  return { text, missing, cut };
}

/** A template with its fields filled in as people read them, without formatting; null without one of their values, or when one is too long. */
export function plainly(template: string, values: Values, language: Language): string | null {
  return filledBy(template, values, (value) => wordsOf(value, language));
}

/** The same with the values as they stand: for machines. */
export const exactly = (template: string, values: Values): string | null =>
  filledBy(template, values, (value) =>
    typeof value === "string" || typeof value === "number" ? String(value).trim() : null,
  );

function filledBy(
  template: string,
  { input, answer = null }: Values,
  words: (value: unknown) => string | null,
): string | null {
  let whole = true;
  const text = template.replace(PLACEHOLDER, (_all, ofAnswer: string | undefined, path: string) => {
    const value = words(at(ofAnswer ? answer : input, path));
    whole &&= value !== null && value !== "" && value.length <= MAX_VALUE;
    return cleanText(value ?? "", MAX_VALUE);
  });
  return whole ? text : null;
}

/** The template in the customer's language, else the company's, else any; and which it is. */
export function templateIn(
  templates: Partial<Record<Language, string>>,
  ...wanted: readonly Language[]
): { template: string; language: Language } | null {
  for (const language of [...wanted, "es", "en", "pt"] as const) {
    const template = templates[language];
    if (template !== undefined && template.trim() !== "") return { template, language };
  }
  return null;
}

const at = (value: Json, path: string): unknown =>
  path.split(".").reduce<unknown>((within, field) => fieldOf(fieldsOf(within), field), value);

/** A value on one line; null when there is nothing to show. */
function wordsOf(value: unknown, language: Language): string | null {
  if (typeof value === "boolean") return booleanWord(value, language);
  if (typeof value === "number") return String(value);
  if (Array.isArray(value)) {
    const words = value.map((each) => (typeof each === "object" ? null : wordsOf(each, language)));
    return words.length === 0 || words.includes(null) ? null : words.join(", ");
  }
  if (typeof value !== "string") return null;
  const line = unmarked(value).replace(/\s+/g, " ").trim();
  return line === "" ? null : (dateWords(line, language) ?? line);
}

/** Signs that format text, as themselves. */
const literal = (text: string): string => text.replace(/[\\`*_~[\]<>&$]/g, "\\$&");
