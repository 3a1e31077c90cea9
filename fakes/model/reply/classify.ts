import { INTENTS, type IntentName } from "../../../lib/intents/table.ts";
import { createVectorizer, similarity } from "./vectors.ts";

const EXAMPLES = INTENTS.flatMap(({ name, examples }) =>
  Object.values(examples).flatMap((phrases) => phrases.map((phrase) => ({ intent: name, phrase }))),
);
const vectorOf = createVectorizer(EXAMPLES.map(({ phrase }) => phrase));
const NEIGHBOURS = EXAMPLES.map(({ intent, phrase }) => ({ intent, vector: vectorOf(phrase) }));
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

/** The intent whose examples are most similar to the text or one of its sentences; `general` when none is. */
export function classifyOffline(text: string): Guess {
  const whole = text.slice(0, READ_AT_MOST);
  const parts = [whole, ...whole.split(/[\n.!?¿¡,;]+/)].filter((part) =>
    /[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(part),
  );
  const guesses = parts.map(nearest).sort((one, other) => other.confidence - one.confidence);
  const matter = guesses.find(({ intent, confidence }) => !COURTESIES.includes(intent) && confidence >= 0.5);
  return matter ?? guesses[0] ?? { intent: "general", confidence: 0.2 };
}

/** The two nearest examples of each intent vote; their similarity and their lead give the confidence. */
function nearest(text: string): Guess {
  const vector = vectorOf(text);
  const similarities = new Map<IntentName, number[]>();
  for (const neighbour of NEIGHBOURS) {
    const found = similarities.get(neighbour.intent) ?? [];
    similarities.set(neighbour.intent, [...found, similarity(vector, neighbour.vector)]);
  }
  const ranked = [...similarities]
    .map(([intent, values]) => {
      const [first = 0, second = 0] = values.sort((one, other) => other - one);
      return { intent, score: 0.8 * first + 0.2 * second };
    })
    .sort((one, other) => other.score - one.score);
  const [best = { intent: "general" as const, score: 0 }, next = best] = ranked;
  if (best.score < MIN_SIMILARITY) return { intent: "general", confidence: 0.2 };
  const confidence = Math.min(0.99, best.score + 0.9 * (best.score - next.score) + 0.2);
  return { intent: best.intent, confidence: Math.round(confidence * 100) / 100 };
}
