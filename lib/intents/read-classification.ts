import { fieldsOf, parseJson } from "../json/lenient.ts";
import { foldText } from "../language/fold.ts";
import type { Language } from "../types/company.ts";
import type { IntentRow } from "./own.ts";
import { INTENTS, type IntentName } from "./table.ts";

/** Confidence of an answer that states none: sure enough to count. */
const UNSTATED = 0.7;
/** Longer answers are read from their end, where the conclusion stands. */
const MAX_TEXT = 8_000;
/** Objects of one answer that are looked at, the last first. */
const MAX_OBJECTS = 20;
const MAX_DEPTH = 4;

/**
 * The classification in a model's answer, as JSON of `intentSchema`, wherever a person would find it: in a fence, in prose,
 * after its thinking, with values of other types, or as a bare name. Null when it states no intent of `rows`.
 */
export function classificationIn(
  answer: string,
  likely: Language,
  rows: readonly IntentRow[] = INTENTS,
): string | null {
  const text = withoutThinking(answer.slice(-MAX_TEXT));
  const stated = inObjects(text, rows) ?? inPairs(text, rows) ?? bareName(text, rows);
  if (!stated) return null;
  const { intent, confidence, language } = stated;
  return JSON.stringify({
    intent,
    confidence: confidenceOf(confidence) ?? UNSTATED,
    language: languageOf(language) ?? likely,
  });
}

type Rows = readonly IntentRow[];

interface Stated {
  intent: IntentName;
  confidence: unknown;
  language: unknown;
}

/** What follows the last closing tag of a thought; all of it when that would be nothing. */
function withoutThinking(text: string): string {
  const ends = THOUGHTS.map((tag) => (text.includes(tag) ? text.lastIndexOf(tag) + tag.length : 0));
  const rest = text.slice(Math.max(...ends));
  return rest.trim() === "" ? text : rest;
}

const THOUGHTS = ["</think>", "</thinking>", "</reasoning>", "</thought>", "</reflection>"];

/** The last object in the text that states an intent; of a list, the first. */
function inObjects(text: string, rows: Rows): Stated | null {
  for (const object of objectsIn(text)) {
    const stated = statedBy(parseJson(object), MAX_DEPTH, rows);
    if (stated) return stated;
  }
  return null;
}

/** Stretches between matching braces or brackets, those that end last first, outer before inner. */
function objectsIn(text: string): string[] {
  const open: number[] = [];
  const stretches: [start: number, end: number][] = [];
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === "{" || character === "[") open.push(at);
    else if (character === "}" || character === "]") {
      const start = open.pop();
      if (start !== undefined) stretches.push([start, at + 1]);
    }
  }
  return stretches
    .reverse()
    .slice(0, MAX_OBJECTS)
    .map(([start, end]) => text.slice(start, end));
}

const KEYS = {
  intent: [
    "intent",
    "intention",
    "intentname",
    "intencion",
    "intencao",
    "category",
    "classification",
    "label",
    "name",
    "value",
  ],
  confidence: [
    "confidence",
    "confidencescore",
    "score",
    "probability",
    "confianza",
    "confianca",
    "certainty",
  ],
  language: ["language", "lang", "languagecode", "locale", "idioma", "lengua", "lingua"],
} as const;

const keyOf = (key: string): string => foldText(key).replace(/[^a-z]/g, "");

/** The value of a key in any spelling. */
function named(value: object, keys: readonly string[]): unknown {
  const entries = Object.entries(value);
  for (const key of keys) {
    const entry = entries.find(([name]) => keyOf(name) === key);
    if (entry) return entry[1];
  }
  return undefined;
}

/** What a parsed answer states, itself or in what it wraps. */
function statedBy(value: unknown, depth: number, rows: Rows): Stated | null {
  if (depth === 0) return null;
  if (Array.isArray(value)) return firstStated(value.slice(0, MAX_OBJECTS), depth - 1, rows);
  const fields = fieldsOf(value);
  const intent = intentOf(named(fields, KEYS.intent), rows);
  if (intent === null) return firstStated(Object.values(fields).slice(0, MAX_OBJECTS), depth - 1, rows);
  return { intent, confidence: named(fields, KEYS.confidence), language: named(fields, KEYS.language) };
}

function firstStated(values: readonly unknown[], depth: number, rows: Rows): Stated | null {
  for (const value of values) {
    const stated = typeof value === "object" ? statedBy(value, depth, rows) : null;
    if (stated) return stated;
  }
  return null;
}

/** Keys and values in text that is almost JSON, or none: single quotes, a missing end, `Intent: complaint`. */
function inPairs(text: string, rows: Rows): Stated | null {
  const intent = intentOf(lastValue(text, KEYS.intent), rows);
  if (intent === null) return null;
  return { intent, confidence: lastValue(text, KEYS.confidence), language: lastValue(text, KEYS.language) };
}

function lastValue(text: string, keys: readonly string[]): string | undefined {
  const pair = new RegExp(
    `(?<![\\p{L}])(?:${keys.join("|")})["'\`*_ ]{0,4}[:=>|]["'\`*_ ]{0,6}([\\p{L}\\p{N}](?:[\\p{L}\\p{N}_ %/-]|(?<=\\d)[.,](?=\\d)){0,40})`,
    "giu",
  );
  return [...foldText(text).matchAll(pair)].at(-1)?.[1];
}

/** Where an answer in prose concludes. */
const CONCLUSION = 200;

/** An answer of a few words that names one intent and no other, or concludes with one as only the table or a quote spells it. */
function bareName(text: string, rows: Rows): Stated | null {
  const end = text.trim().slice(-CONCLUSION);
  const said = spaced(text.slice(0, CONCLUSION));
  const few = text.length <= CONCLUSION && said.split(" ").length <= 4;
  const [only, other] = rows.filter(({ name }) =>
    few
      ? ` ${said} `.includes(` ${spaced(name)} `)
      : end.includes(name) &&
        (name.includes("_") || QUOTES.some((quote) => end.includes(quote + name + quote))),
  );
  return only && !other ? { intent: only.name, confidence: undefined, language: undefined } : null;
}

const QUOTES = ["`", "'", "*"];

const spaced = (text: string): string =>
  foldText(text)
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();

/** An intent's name in any case, with spaces or hyphens; null for anything else. */
function intentOf(value: unknown, rows: Rows): IntentName | null {
  if (Array.isArray(value)) return value.length === 1 ? intentOf(value[0], rows) : null;
  if (typeof value !== "string" || value.length > 200) return null;
  const said = spaced(value.split(/[([:;,]/, 1)[0] ?? "");
  return rows.find(({ name }) => spaced(name) === said)?.name ?? startingWith(said, rows);
}

/** `human_handoff, confidence 0.9`: the name and what follows it on the same line. */
function startingWith(said: string, rows: Rows): IntentName | null {
  return rows.find(({ name }) => name.includes("_") && said.startsWith(`${spaced(name)} `))?.name ?? null;
}

const LEVELS: Readonly<Record<string, number>> = {
  ...{ "very high": 0.95, high: 0.9, alta: 0.9, alto: 0.9, "muy alta": 0.95, "muito alta": 0.95 },
  ...{ medium: 0.6, media: 0.6, medio: 0.6, moderate: 0.6, low: 0.3, baja: 0.3, baixa: 0.3, bajo: 0.3 },
};

/** A confidence from 0 to 1: also a percentage, a fraction such as 9/10, a comma, or a word; null for none. */
function confidenceOf(value: unknown): number | null {
  if (typeof value === "number") return shareOf(value);
  if (typeof value !== "string") return null;
  const said = foldText(value.slice(0, 40)).trim();
  if (Object.hasOwn(LEVELS, said)) return LEVELS[said] ?? null;
  const [, number, of] = /^(\d{1,3}(?:[.,]\d{1,9})?)(?: ?\/ ?(\d{1,3}))?/.exec(said) ?? [];
  if (number === undefined) return null;
  const share = Number(number.replace(",", "."));
  if (of !== undefined) return share <= Number(of) && Number(of) > 0 ? share / Number(of) : null;
  return /%/.test(said) ? shareOf(share / 100) : shareOf(share);
}

function shareOf(number: number): number | null {
  if (!(number >= 0 && number <= 100)) return null;
  return number > 1 ? number / 100 : number;
}

const LANGUAGES: readonly (readonly [Language, RegExp])[] = [
  ["es", /^(?:es|spa|spanish|espanol|espanhol|castellano)$/],
  ["en", /^(?:en|eng|english|ingles)$/],
  ["pt", /^(?:pt|por|portuguese|portugues)$/],
];

/** The language of `es-PE`, `es_419`, `Spanish`, `português (Brasil)`; null for any other. */
function languageOf(value: unknown): Language | null {
  if (typeof value !== "string") return null;
  const words = foldText(value.slice(0, 40)).match(/[a-z]+/g) ?? [];
  return LANGUAGES.find(([, names]) => words.some((word) => names.test(word)))?.[0] ?? null;
}
