import { INTENTS, type IntentName } from "../../../lib/intents/table.ts";
import { createVectorizer, similarity } from "./vectors.ts";

/** Intents that accompany the actual question: "hi, where is my order? thanks". */
const COURTESIES: readonly IntentName[] = ["greeting", "thanks_goodbye"];
const READ_AT_MOST = 1000;
const MIN_SIMILARITY = 0.05;

/** The offline model's classification of a message. */
export interface Guess {
  intent: IntentName;
  /** 0 to 1. */
  confidence: number;
}

interface Example {
  intent: IntentName;
  phrase: string;
}

type Nearest = (text: string) => Guess;

/** The intent whose examples are most similar to the text or one of its sentences; `general` when none is. `prompt`: the classifier's. */
export function classifyOffline(text: string, prompt = ""): Guess {
  const nearest = sorterFor(prompt);
  const whole = text.slice(0, READ_AT_MOST);
  const parts = [whole, ...whole.split(/[\n.!?¿¡,;]+/)].filter((part) =>
    /[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(part),
  );
  const guesses = parts.map(nearest).sort((one, other) => other.confidence - one.confidence);
  const matter = guesses.find(({ intent, confidence }) => !COURTESIES.includes(intent) && confidence >= 0.5);
  return matter ?? guesses[0] ?? { intent: "general", confidence: 0.2 };
}

/** The two nearest examples of each intent vote; their similarity and their lead give the confidence. */
function sorterOf(examples: readonly Example[]): Nearest {
  const vectorOf = createVectorizer(examples.map(({ phrase }) => phrase));
  const neighbours = examples.map(({ intent, phrase }) => ({ intent, vector: vectorOf(phrase) }));
  return (text) => {
    const vector = vectorOf(text);
    const similarities = new Map<IntentName, number[]>();
    for (const neighbour of neighbours) {
      const found = similarities.get(neighbour.intent) ?? [];
      similarities.set(neighbour.intent, [...found, similarity(vector, neighbour.vector)]);
    }
    const ranked = [...similarities]
      .map(([intent, values]) => {
        const [first = 0, second = 0] = values.sort((one, other) => other - one);
        return { intent, score: 0.8 * first + 0.2 * second };
      })
      .sort((one, other) => other.score - one.score);
    const [best = { intent: "general", score: 0 }, next = best] = ranked;
    if (best.score < MIN_SIMILARITY) return { intent: "general", confidence: 0.2 };
    const confidence = Math.min(0.99, best.score + 0.9 * (best.score - next.score) + 0.2);
    return { intent: best.intent, confidence: Math.round(confidence * 100) / 100 };
  };
}

const shipped = sorterOf(
  INTENTS.flatMap(({ name, examples }) => phrasesOf(examples).map((phrase) => ({ intent: name, phrase }))),
);

function phrasesOf(examples: (typeof INTENTS)[number]["examples"]): string[] {
  return Object.values(examples).flat();
}

/** Sorters of companies with intents of their own, by their prompts. */
const own = new Map<string, Nearest>();
const MOST_KEPT = 50;

/** Sorts by the examples that the prompt has; by all of a shipped intent's where those are among them. */
function sorterFor(prompt: string): Nearest {
  const known = own.get(prompt);
  if (known) return known;
  const rows = rowsIn(prompt);
  if (rows.length === 0 || (rows.length === INTENTS.length && rows.every(isAsShipped))) return shipped;
  const sorter = sorterOf(
    rows.flatMap((row) => {
      const all = isAsShipped(row)
        ? phrasesOf(INTENTS.find(({ name }) => name === row.name)?.examples ?? NONE)
        : row.phrases;
      return all.map((phrase) => ({ intent: row.name, phrase }));
    }),
  );
  const [oldest] = own.keys();
  if (own.size >= MOST_KEPT && oldest !== undefined) own.delete(oldest);
  own.set(prompt, sorter);
  return sorter;
}

const NONE = { es: [], en: [], pt: [] };

interface Row {
  name: string;
  phrases: string[];
}

/** The intents as `lib/intents/prompts.ts` writes them: `- name: when E.g. "…", "…"`. */
function rowsIn(prompt: string): Row[] {
  return [...prompt.matchAll(/^- (\w+): .* E\.g\. (".*")$/gm)].map(([, name = "", phrases = ""]) => ({
    name,
    phrases: JSON.parse(`[${phrases}]`) as string[],
  }));
}

function isAsShipped({ name, phrases }: Row): boolean {
  const row = INTENTS.find((intent) => intent.name === name);
  const all = new Set(row ? phrasesOf(row.examples) : []);
  return phrases.length > 0 && phrases.every((phrase) => all.has(phrase));
}
