import { MARK_KINDS } from "../../../language/marks.ts";
import { codeStretches, isWithin } from "../../../whatsapp/format/code.ts";
import type { Passage } from "./passage.ts";

/** Kinds of one word are words of the language too: they are marks alone or before a colon. */
const kinds = [...MARK_KINDS].toSorted((one, other) => other.length - one.length);
const alone = kinds.filter(
  (kind) => !kind.includes(" ") && !["reaction", "template", "forwarded"].includes(kind),
);
const open = kinds.filter((kind) => !alone.includes(kind));

/** A mark of ours, also in the square brackets of an imitation, and not the words of a Markdown link. */
const MARK = new RegExp(
  `[[【]\\s?(?:(?:${open.join("|")})(?![\\p{L}])|(?:${alone.join("|")})\\s?(?=[:\\]】]))(?:[^[\\]【】\\n]|\\[[^[\\]\\n]{0,200}\\]){0,1500}[\\]】](?!\\([^\\s()]{1,300}\\))|【[^【】\\n]{0,40}†[^【】\\n]{0,80}】`,
  "giu",
);

/** Our own marks, repeated by the model as if they were words. */
export function marksIn(text: string): Passage[] {
  if (!/[[【]/.test(text)) return [];
  const code = codeStretches(text);
  return Array.from(
    text.matchAll(MARK),
    ({ 0: { length }, index }): Passage => ({ start: index, end: index + length, kind: "mark" }),
  ).filter(({ start }) => !isWithin(start, code));
}
