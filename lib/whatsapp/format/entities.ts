import { decodeHTMLStrict } from "entities/decode";

const ENTITY = /&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z0-9]{1,31});/gi;
/** An entity may name a character that nobody sees. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Variation_Selector}\u115F\u1160\u2800\u3164\uFFA0]|\u034F/u;

/** The text with characters for HTML's entities (`&amp;`, `&#8211;`); those for space are a space, those without a shape nothing. */
export function decodeEntities(text: string): string {
  if (!text.includes("&")) return text;
  return text.replace(ENTITY, (entity) => {
    const decoded = decodeHTMLStrict(entity);
    if (decoded === entity) return entity;
    if (/^\s$/u.test(decoded)) return decoded === "\n" ? "\n" : " ";
    return HIDDEN.test(decoded) ? "" : decoded;
  });
}
