import { foldText } from "../../../lib/language/fold.ts";

/** First letters of a text's longer words: its subject, in any of the three languages. */
export function stems(text: string): string[] {
  return (foldText(text).match(/[\p{L}\d]{4,}/gu) ?? []).map((word) => word.slice(0, 5));
}

/** Number of these stems in a text. */
export function overlap(text: string, asked: ReadonlySet<string>): number {
  return new Set(stems(text).filter((stem) => asked.has(stem))).size;
}
