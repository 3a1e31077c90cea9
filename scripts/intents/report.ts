import { adviceOf, type GuessSum, LEAST_AGREEMENT, sumOf, sumsBy } from "../../lib/insight/guesses.ts";
import { wilson } from "../../lib/insight/wilson.ts";
import type { GuessFigures } from "../../lib/types/turn/guesses.ts";

/** What is reported of one company. */
export interface Reported {
  company: string;
  days: number;
  figures: GuessFigures;
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** Coverage and agreement by intent and language, and whether guesses may decide. */
export function reportWords({ company, days, figures: { version, cells } }: Reported): string {
  if (version === null)
    return `${company}: nothing was guessed within ${days} days (INTENT_LOCAL is off, or no model decided).`;
  const all = sumOf(cells);
  return [
    `${company}, last ${days} days, weights ${version}: ${all.turns} messages that their words did not tell`,
    row("", "guessed", "sure", "agreed with the model", "95 % interval"),
    ...sumsBy(cells, "intent").map(([name, sum]) => figuresRow(name, sum)),
    ...sumsBy(cells, "language").map(([name, sum]) => figuresRow(name, sum)),
    figuresRow("all", all),
    adviceWords(all),
  ].join("\n");
}

const WIDTHS = [18, 9, 16, 24, 18];
const row = (...cells: string[]): string =>
  `  ${cells.map((cell, at) => cell.padEnd(WIDTHS[at] ?? 0)).join("")}`.trimEnd();

function figuresRow(name: string, { turns, sure, compared, agreed }: GuessSum): string {
  const { low, high } = wilson(agreed, compared);
  const coverage = `${sure} (${percent(turns === 0 ? 0 : sure / turns)})`;
  if (compared === 0) return row(name, String(turns), coverage, "nothing to compare");
  const agreement = `${agreed} of ${compared} (${percent(agreed / compared)})`;
  return row(name, String(turns), coverage, agreement, `${percent(low)} to ${percent(high)}`);
}

function adviceWords({ compared, agreed, sure, turns }: GuessSum): string {
  const { safe, low, missing } = adviceOf({ compared, agreed });
  const seen = `${agreed} of ${compared} sure guesses agreed with the model, so that at least ${percent(low)} are right`;
  if (safe) return `INTENT_LOCAL=on is safe: ${seen}. It would save ${percent(sure / turns)} of these calls.`;
  return `INTENT_LOCAL=on is not advised yet: ${seen}; ${percent(LEAST_AGREEMENT)} are needed. It takes ${missing} more that all agree.`;
}
