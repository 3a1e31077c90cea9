import { cleanText } from "../../../json/clean.ts";
import { type Fields, fieldOf } from "../../../json/lenient.ts";

/** Kind of a message in brackets, with its details. */
export function bracket(kind: string, ...details: string[]): string {
  const said = details.filter(Boolean).join(", ");
  return said ? `[${kind}: ${said}]` : `[${kind}]`;
}

/** Quoted words for use in brackets, shortened to `max`; empty when there are none. */
export function quote(text: string | null | undefined, max = 200): string {
  const said = cut(oneLine(text ?? ""), max);
  return said && `"${said}"`;
}

/** Text or number field for use in brackets; empty when it is neither. */
export function textIn(fields: Fields, key: string): string {
  const value = fieldOf(fields, key);
  return typeof value === "string" || typeof value === "number" ? oneLine(String(value)) : "";
}

/** First `max` items in words, and the number of the others. */
export function firstFew(
  items: readonly unknown[],
  max: number,
  describe: (item: unknown) => string,
): string[] {
  const said = items.slice(0, max).map(describe);
  return items.length > max ? [...said, `and ${items.length - max} more`] : said;
}

/**
 * Replaces square brackets and lookalikes by round ones in text from outside, because square brackets are reserved for
 * our marks.
 */
export const roundBrackets = (text: string): string =>
  text.replace(/[[［⁅❲⟦⟬〔〖〘〚【⦋⦍⦏﹝]/g, "(").replace(/[\]］⁆❳⟧⟭〕〗〙〛】⦌⦎⦐﹞]/g, ")");

/** First `max` units on one line, without square brackets. */
export function oneLine(text: string, max = 1_000): string {
  return cleanText(roundBrackets(text.slice(0, max)).replace(/\s+/g, " ").trim(), max);
}

/** At most `max` units, ending in `…` when cut. */
export function cut(text: string, max: number): string {
  return text.length <= max ? text : `${cleanText(text, max - 1)}…`;
}

/** As `cut`, with the closing bracket kept. */
export function shorten(bracketed: string, max: number): string {
  return bracketed.length <= max ? bracketed : `${cleanText(bracketed, max - 2)}…]`;
}
