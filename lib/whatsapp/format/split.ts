import { chooseCut } from "./cut.ts";
import { formatSpans, quoteSpans, type Span } from "./spans.ts";

/** Meta's limit for a text in characters, counted here in UTF-16 units, which are never fewer. */
export const MAX_TEXT_MESSAGE = 4096;

/** Below this limit, closing and reopening marks at a cut would leave no room for words. */
const MIN_FOR_MARKS = 32;

/**
 * Splits WhatsApp text into few, non-empty parts of at most `max` (at least 2) UTF-16 units: between paragraphs, lines,
 * sentences or words, never inside a character. Formatting and quotes that are cut are closed and reopened. Only white
 * space at the cuts is dropped.
 */
export function splitText(text: string, max: number = MAX_TEXT_MESSAGE): string[] {
  const limit = Math.max(2, max);
  const trimmed = text.trimEnd();
  if (trimmed.length <= limit) return trimmed === "" ? [] : [trimmed];
  const whole = trimmed.split("```").length % 2 === 0 ? `${trimmed}\n\`\`\`` : trimmed; // a fence left open
  const spans = limit < MIN_FOR_MARKS ? [] : spansOf(whole);
  const parts: string[] = [];
  let open = "";
  let start = skipSpace(whole, 0, "");
  let near: Span[] = [];
  let next = 0;
  while (open.length + whole.length - start > limit) {
    const room = limit - open.length;
    near = near.filter((span) => span.end > start);
    for (let span = spans[next]; span && span.start < start + room; span = spans[++next]) near.push(span);
    const cut = chooseCut({ text: whole, start, room, limit, near });
    const body = whole.slice(start, cut.at).trimEnd();
    if (body !== "") parts.push(open + body + cut.close);
    open = cut.open;
    start = skipSpace(whole, cut.at, open);
  }
  return [...parts, open + whole.slice(start)];
}

function spansOf(text: string): Span[] {
  const formats = formatSpans(text);
  // Outermost first: a quote opens before the bold words in it.
  return [...quoteSpans(text, formats), ...formats].sort((one, other) => one.start - other.start);
}

/** Skips white space after a cut; in code only the line break, because the rest is indentation. */
function skipSpace(text: string, at: number, open: string): number {
  const space = open.endsWith("\n") ? /[^\S\n]*\n?/y : /\s*/y;
  space.lastIndex = at;
  return at + (space.exec(text)?.[0].length ?? 0);
}
