import type { PlaygroundTexts } from "../../texts/playground.ts";
import { textFor } from "../../texts/texts.ts";

const NO_CONNECTION = /^(?:econn|enotfound|etimedout|eai_|epipe|und_err|unreachable)/;

/** Why an attempt failed, and what to do. */
export function reasonOf({ reasons }: PlaygroundTexts, code: string): string {
  const { other, ...known } = reasons;
  const name = NO_CONNECTION.test(code) ? "unreachable" : code;
  return textFor(known, name) ?? other(code);
}

/** What the checks took away, once for each kind. */
export function cutsOf({ cuts }: PlaygroundTexts, errors: readonly string[]): string[] {
  const { other, ...known } = cuts;
  const kinds = errors.flatMap((error) => /^cut:([a-z_]+)/.exec(error)?.[1] ?? []);
  return [...new Set(kinds)].map((kind) => textFor(known, kind) ?? other(kind));
}

/** Letter of a side. */
export const letterOf = (place: number): string => ["A", "B"][place] ?? "";
