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
 * Sure guesses and those that are only likely are looked at apart: with `INTENT_LOCAL=on` the model sorts a small share of the sure ones and
 * all others, so that together they would agree less from that day on. Null when neither fell, or too little was compared.
 */
export function driftOf(before: GuessSum, now: GuessSum): Drift | null {
  return fallOf(sureIn(before), sureIn(now)) ?? fallOf(lessSureIn(before), lessSureIn(now));
}

type Compared = Pick<GuessSum, "compared" | "agreed">;

const sureIn = ({ compared, agreed }: GuessSum): Compared => ({ compared, agreed });

const lessSureIn = ({ likely, likelyAgreed, compared, agreed }: GuessSum): Compared => ({
  compared: likely - compared,
  agreed: likelyAgreed - agreed,
});

function fallOf(before: Compared, now: Compared): Drift | null {
  if (Math.min(before.compared, now.compared) < LEAST_COMPARED) return null;
  const [then, today] = [before, now].map(({ agreed, compared }) => wilson(agreed, compared));
  if (!then || !today || today.high >= then.low) return null;
  return {
    ...{ before: before.agreed / before.compared, now: now.agreed / now.compared },
    compared: now.compared,
  };
}
