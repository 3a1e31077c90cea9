import { wilson } from "../../lib/insight/wilson.ts";
import type { Likeness } from "../../lib/intents/likeness/likeness.ts";
import { decideLocally } from "../../lib/intents/local/decide.ts";
import type { Asked } from "../../lib/intents/local/words.ts";
import type { IntentName } from "../../lib/intents/table.ts";
import { readLabelled } from "../../tests/intents/labelled/read.ts";
import { percentile } from "../table.ts";

interface Message {
  text: string;
  intent: IntentName;
  answersQuestion?: boolean | undefined;
  alsoRight?: readonly IntentName[] | undefined;
}

/** Decisions about labelled messages without a model. */
export interface Decided {
  all: number;
  decided: number;
  right: number;
  wrong: Message[];
}

/** A message of a customer of whom nothing is known. */
export function askedOf({ text, answersQuestion = false }: Message): Asked {
  return { text, answersQuestion, before: answersQuestion ? "?" : null, expected: null };
}

/** Decides about each message. `likeness`: other weights than the shipped ones. */
export function decideAll(messages: readonly Message[], likeness?: Likeness): Decided {
  const decisions = messages.map((message) => ({ message, ...decideLocally(askedOf(message), likeness) }));
  const decided = decisions.filter(({ intent }) => intent !== null);
  const wrong = decided.filter(
    ({ intent, message }) => ![message.intent, ...(message.alsoRight ?? [])].some((each) => each === intent),
  );
  return {
    all: messages.length,
    decided: decided.length,
    right: decided.length - wrong.length,
    wrong: wrong.map(({ message }) => message),
  };
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** A line of the table: what was decided, and how rightly. */
export function line(name: string, { all, decided, right }: Decided): string[] {
  const { low, high } = wilson(right, decided);
  return [
    name,
    `${decided} of ${all}`,
    percent(decided / all),
    `${right} of ${decided}`,
    percent(right / decided),
    `${percent(low)} to ${percent(high)}`,
  ];
}

/** The labelled messages by file and half. */
export function ownSets(): Record<string, Message[]> {
  const [whatsapp, traps] = [readLabelled("whatsapp"), readLabelled("traps")];
  const half = <L extends { half: string }>(lines: readonly L[], of: string) =>
    lines.filter((each) => each.half === of);
  return {
    "whatsapp, tune half": half(whatsapp, "tune"),
    "whatsapp, test half": half(whatsapp, "test"),
    "traps, tune half": half(traps, "tune"),
    "traps, test half": half(traps, "test"),
  };
}

const ROUNDS = 5;

/** Median and 99th percentile of the time for a decision, in microseconds. */
export function times(messages: readonly Message[]): { p50: number; p99: number } {
  const took: number[] = [];
  for (let round = 0; round < ROUNDS; round++)
    for (const { text } of messages) {
      const startedMs = performance.now();
      decideLocally({ text, answersQuestion: false, before: null, expected: null });
      took.push((performance.now() - startedMs) * 1_000);
    }
  return { p50: percentile(took, 0.5), p99: percentile(took, 0.99) };
}
