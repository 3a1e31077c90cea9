import { Marked } from "marked";
import { cleanText } from "../../json/clean.ts";
import { blocks } from "./blocks.ts";

const leave = (): undefined => undefined;

/**
 * Markdown has more syntax than models mean: text that is merely indented, `[1]: …` lines and HTML stay ordinary text,
 * so that nothing is swallowed.
 */
const markdown = new Marked({ gfm: true, tokenizer: { code: leave, def: leave, html: leave, tag: leave } });

/** One whole message, several times what a reply is allowed; past it the parser's quadratic cases would be felt (35 ms here, 300 ms at four times this length). */
const MAX_SOURCE = 4_096;

/**
 * CommonMark, as models write it, in WhatsApp's own syntax (`*bold*`, `_italic_`, `~strike~`, code, quotes, lists);
 * what WhatsApp has no syntax for becomes readable text. Never throws: what cannot be parsed comes back as it was.
 * `*one asterisk*` is emphasis in CommonMark, so it turns italic even where WhatsApp's bold was meant.
 */
export function toWhatsApp(source: string): string {
  const text = cleanText(source, source.length).trim();
  if (text.length > MAX_SOURCE) return text;
  try {
    return blocks(markdown.lexer(text)).trim() || text;
  } catch {
    return text; // nested so deeply that the stack ran out
  }
}
