/** What the figures about guesses say: whether they may decide, and whether they got worse. */
import type { GuessCell } from "../types/turn/guesses.ts";
import { wilson } from "./wilson.ts";

/** Share of sure guesses that must be right, at the lower end of Wilson's interval. */
export const LEAST_AGREEMENT = 0.98;

/** Guesses taken together. */
export type GuessSum = Omit<GuessCell, "intent" | "language">;

/** These cells as one. */
export function sumOf(cells: readonly GuessCell[]): GuessSum {
  const sum = (key: keyof GuessSum) => cells.reduce((total, cell) => total + cell[key], 0);
  return {
    ...{ turns: sum("turns"), sure: sum("sure"), compared: sum("compared"), agreed: sum("agreed") },
    ...{ likely: sum("likely"), likelyAgreed: sum("likelyAgreed") },
  };
}

/** Cells by one of their labels, most turns first. */
export function sumsBy(cells: readonly GuessCell[], label: "intent" | "language"): [string, GuessSum][] {
  const names = [...new Set(cells.map((cell) => cell[label]))];
  return names
    .map((name): [string, GuessSum] => [name ?? "none", sumOf(cells.filter((cell) => cell[label] === name))])
    .sort(([, a], [, b]) => b.turns - a.turns);
}

/** Advice about `INTENT_LOCAL=on`. */
export interface Advice {
  safe: boolean;
  compared: number;
  agreed: number;
  /** Lower end of the interval of the agreement. */
  low: number;
  /** Comparisons that are still needed if all of them agree; 0 when it is safe. */
  missing: number;
}

/** True safety is at most guessed: "on" is advised when the agreement is high enough even at the lower end of its interval. */
export function adviceOf({ compared, agreed }: Pick<GuessSum, "compared" | "agreed">): Advice {
  const lowWith = (more: number) => wilson(agreed + more, compared + more).low;
  let missing = 0;
  while (lowWith(missing) < LEAST_AGREEMENT) missing++;
  return { safe: missing === 0, compared, agreed, low: lowWith(0), missing };
}

/** Fewer comparisons on either side say nothing. */
const LEAST_COMPARED = 50;

/** Agreement before and now, where it certainly fell: the intervals do not touch. */
export interface Drift {
  before: number;
  now: number;
  compared: number;
}

/**
 * Likely guesses rather than sure ones: with `INTENT_LOCAL=on` the model is not asked where a guess is sure, and what is nearly sure shows
 * the change too. Null when nothing fell, or too little was compared.
 */
export function driftOf(before: GuessSum, now: GuessSum): Drift | null {
  if (Math.min(before.likely, now.likely) < LEAST_COMPARED) return null;
  const [then, today] = [before, now].map(({ likelyAgreed, likely }) => wilson(likelyAgreed, likely));
  if (!then || !today || today.high >= then.low) return null;
  return {
    ...{ before: before.likelyAgreed / before.likely, now: now.likelyAgreed / now.likely },
    compared: now.likely,
  };
}
