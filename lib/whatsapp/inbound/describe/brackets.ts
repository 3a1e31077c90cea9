import { cleanText } from "../../../json/clean.ts";
import { type Fields, fieldOf } from "../../../json/lenient.ts";
import { unmarked } from "../../../language/marks.ts";

/** Quoted words for use in a mark, shortened to `max`; empty when there are none. */
export function quote(text: string | null | undefined, max = 200): string {
  const said = cut(oneLine(text ?? ""), max);
  return said && `"${said}"`;
}

/** Text or number field for use in a mark; empty when it is neither. */
export function textIn(fields: Fields, key: string): string {
  const value = fieldOf(fields, key);
  return typeof value === "string" || typeof value === "number" ? oneLine(String(value)) : "";
}

/** First `max` items in words, and the number of the others of the `of` that there were. */
export function firstFew(
  items: readonly unknown[],
  { max, of, describe }: { max: number; of: number; describe: (item: unknown) => string },
): string[] {
  const said = items.slice(0, max).map(describe);
  return of > said.length ? [...said, `and ${of - said.length} more`] : said;
}

/** First `max` units on one line, without brackets of marks. */
export function oneLine(text: string, max = 1_000): string {
  return cleanText(unmarked(text.slice(0, max)).replace(/\s+/g, " ").trim(), max);
}

/** At most `max` units, ending in `…` when cut. */
export function cut(text: string, max: number): string {
  return text.length <= max ? text : `${cleanText(text, max - 1)}…`;
}
