/** What tells another bot from a person: words that were said before, and answers that come sooner than a person types. */
import { fieldOf, fieldsOf } from "../../json/lenient.ts";
import { foldText } from "../../language/fold.ts";
import { withoutMarks } from "../../language/marks.ts";
import type { StoredMessage } from "../../types/conversation.ts";

/** A text this long is no coincidence: it counts also when others came in between, or when it is ours. */
const LONG = 20;
/** A text this long may differ in a number or a name and be the same: people ask for one order after the other in fewer words. */
const VERY_LONG = 40;
/** Share of the words that two such texts have in common. */
const ALIKE = 0.8;
/** Characters of our own words to search for: more would only take time. */
const NEEDLE = 80;
/** Meta's times are whole seconds. */
const SECOND_MS = 1_000;
/** An answer that comes within this time of our reply; the reply's own time is that of its draft. */
const PROMPT_MS = 8_000;
/** Twice what a quick person types on a phone. */
const CHARACTERS_A_SECOND = 10;

/** True when all of it was said recently, by the customer or by us. */
export function nothingNew(said: readonly string[], history: readonly StoredMessage[]): boolean {
  const theirs = new Set(saidBefore(history));
  const ours = history
    .filter(({ direction }) => direction === "out")
    // Marks describe what was shown, not said.
    .map(({ text }) => fold(withoutMarks(text ?? "")))
    .filter(({ length }) => length >= LONG)
    .map((text) => text.slice(0, NEEDLE));
  return said.every(
    (text) => text.length >= LONG && (theirs.has(text) || ours.some((words) => text.includes(words))),
  );
}

/** True when all of it was said by the customer in nearly the same words: another number, time or name. Never of a question. */
export function nearlyTheSame(said: readonly string[], history: readonly StoredMessage[]): boolean {
  const before = saidBefore(history).map(wordsIn);
  return said.every(
    (text) =>
      text.length >= VERY_LONG &&
      !text.includes("?") &&
      before.some((words) => areAlike(wordsIn(text), words)),
  );
}

/** True when these texts answer our last message within seconds, and are no mere "ok". */
export function isPrompt(pending: readonly StoredMessage[], history: readonly StoredMessage[]): boolean {
  const last = history.at(-1);
  if (last?.direction !== "out" || pending.some(({ type }) => type !== "text")) return false;
  const pauseMs = (pending[0]?.timestampMs ?? 0) - last.timestampMs;
  return pauseMs > -2 * SECOND_MS && pauseMs <= PROMPT_MS && lengthOf(pending) >= LONG;
}

/** True when nobody could have typed it since their last message. */
export function isFasterThanTyped(
  pending: readonly StoredMessage[],
  history: readonly StoredMessage[],
): boolean {
  const last = history.findLast(({ direction }) => direction === "in");
  if (!last) return false;
  const seconds = ((pending.at(-1)?.timestampMs ?? 0) - last.timestampMs + SECOND_MS) / 1_000;
  return lengthOf(pending) > CHARACTERS_A_SECOND * seconds;
}

/** A message for comparison: its words; for a file also its digest, for anything else all its content. */
export function contentOf({ type, text, content }: StoredMessage): string {
  const words = fold(text ?? "");
  if (type === "text") return words;
  const digest = fieldOf(fieldsOf(content), "sha256");
  return `${type} ${words} ${typeof digest === "string" ? digest : JSON.stringify(content)}`;
}

/** Words alone, in lower case and without accents. */
export const fold = (text: string): string => foldText(text).replace(/\s+/g, " ").trim();

const saidBefore = (history: readonly StoredMessage[]): string[] =>
  history.filter(({ direction }) => direction === "in").map(contentOf);

const lengthOf = (messages: readonly StoredMessage[]): number =>
  messages.reduce((total, { text }) => total + (text ?? "").length, 0);

/** Its words with every number as 0. */
const wordsIn = (text: string): Set<string> => new Set(text.replace(/\d+/g, "0").split(/[^\p{L}\d]+/u));

function areAlike(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  const common = [...one].filter((word) => other.has(word)).length;
  return common >= ALIKE * Math.max(one.size, other.size);
}
