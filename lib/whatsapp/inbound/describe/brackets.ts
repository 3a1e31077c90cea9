import { cleanText } from "../../../json/clean.ts";
import { type Fields, own } from "../../../json/lenient.ts";

/** What a message is, in brackets, with its details. */
export function bracket(kind: string, ...details: string[]): string {
  const said = details.filter(Boolean).join(", ");
  return said ? `[${kind}: ${said}]` : `[${kind}]`;
}

/** Somebody's words inside brackets, shortened to `max`; empty when there are none. */
export function quote(text: string | null | undefined, max = 200): string {
  const said = cut(oneLine(text ?? ""), max);
  return said && `"${said}"`;
}

/** A text or number, fit to stand inside brackets; empty when it is neither. */
export function say(fields: Fields, key: string): string {
  const value = own(fields, key);
  return typeof value === "string" || typeof value === "number" ? oneLine(String(value)) : "";
}

/** The first `max` items in words, and how many more there are. */
export function some(items: readonly unknown[], max: number, say: (item: unknown) => string): string[] {
  const said = items.slice(0, max).map(say);
  return items.length > max ? [...said, `and ${items.length - max} more`] : said;
}

/**
 * Somebody's words with round brackets for square ones and what looks like them: square brackets are our marks, and nobody
 * else can write them.
 */
export const roundBrackets = (text: string): string =>
  text.replace(/[[［⁅❲⟦⟬〔〖〘〚【⦋⦍⦏﹝]/g, "(").replace(/[\]］⁆❳⟧⟭〕〗〙〛】⦌⦎⦐﹞]/g, ")");

/** On one line, of the first `max` units, without the brackets that are ours. */
export function oneLine(text: string, max = 1_000): string {
  return cleanText(roundBrackets(text.slice(0, max)).replace(/\s+/g, " ").trim(), max);
}

/** At most `max` units, the last one `…` when there was more. */
export function cut(text: string, max: number): string {
  return text.length <= max ? text : `${cleanText(text, max - 1)}…`;
}

/** As `cut`, with the bracket closed again. */
export function shorten(bracketed: string, max: number): string {
  return bracketed.length <= max ? bracketed : `${cleanText(bracketed, max - 2)}…]`;
}
