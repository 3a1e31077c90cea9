import { plain } from "../../../lib/language/fold.ts";

/** The beginnings of a text's longer words: what it is about, in any of the three languages. */
export function stems(text: string): string[] {
  return (plain(text).match(/[\p{L}\d]{4,}/gu) ?? []).map((word) => word.slice(0, 5));
}

/** How many of these stems a text has. */
export function overlap(text: string, asked: ReadonlySet<string>): number {
  return new Set(stems(text).filter((stem) => asked.has(stem))).size;
}
