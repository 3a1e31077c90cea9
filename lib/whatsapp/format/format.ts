import { Marked } from "marked";
import { cleanText } from "../../json/clean.ts";
import { blocks } from "./blocks.ts";

const leave = (): undefined => undefined;

/**
 * Parser that keeps indented text, `[1]: …` lines and HTML as ordinary text: models do not mean them as Markdown, and
 * nothing may get lost.
 */
const markdown = new Marked({ gfm: true, tokenizer: { code: leave, def: leave, html: leave, tag: leave } });

/** Longest Markdown that is parsed, several times a reply's limit; beyond it the parser's quadratic cases get slow (35 ms here, 300 ms at four times this length). */
const MAX_SOURCE = 4_096;

/**
 * Converts a model's CommonMark to WhatsApp's syntax (`*bold*`, `_italic_`, `~strike~`, code, quotes, lists); anything
 * else becomes readable text. Never throws: text that cannot be parsed is returned unchanged. `*one asterisk*` becomes
 * italic, as in CommonMark, even where WhatsApp's bold was meant.
 */
export function toWhatsApp(source: string): string {
  const text = cleanText(source, source.length).trim();
  if (text.length > MAX_SOURCE) return text;
  try {
    return blocks(markdown.lexer(text)).trim() || text;
  } catch {
    return text; // too deeply nested for the stack
  }
}
