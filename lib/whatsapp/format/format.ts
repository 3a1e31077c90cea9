import { type Lexer, Marked, type Token, type Tokens } from "marked";
import { cleanText } from "../../json/clean.ts";
import { closeBold, readAsterisks } from "./asterisks.ts";
import { blocks } from "./blocks.ts";
import { decodeEntities } from "./entities.ts";
import { blocksToMarkdown, type Element, elementAt } from "./html.ts";
import { plainMath } from "./math.ts";
import { unwrapFence, unwrapMarkdown } from "./unwrap.ts";

const leave = (): undefined => undefined;

/**
 * Parser that keeps indented text, `[1]: …` lines and blocks of HTML as ordinary text: models do not mean them as Markdown,
 * and nothing may get lost. An element of HTML within a line is read as the Markdown that it stands for.
 */
const markdown = new Marked({
  gfm: true,
  tokenizer: {
    ...{ code: leave, def: leave, html: leave },
    // Marked's type knows one kind of token here; any is rendered.
    tag(source) {
      const element = elementAt(source);
      return element === null ? undefined : (tokenOf(element, this.lexer) as Tokens.Tag);
    },
  },
});

function tokenOf({ raw, kind, content: text, href }: Element, lexer: Lexer): Token {
  if (kind === "code") return { type: "codespan", raw, text: decodeEntities(text) };
  const tokens = lexer.inlineTokens(text);
  if (kind === "link") return { type: "link", raw, href, text, tokens, title: null };
  // Marked would join a "text" with the next one.
  return { type: kind === "plain" ? "html" : kind, raw, text, tokens };
}

/** Longest Markdown that is parsed, several times a reply's limit; beyond it the parser's quadratic cases get slow (35 ms here, 300 ms at four times this length). */
const MAX_SOURCE = 4_096;

/**
 * Converts a model's CommonMark, and the HTML and LaTeX that models write besides, to WhatsApp's syntax (`*bold*`,
 * `_italic_`, `~strike~`, code, quotes, lists); anything else becomes readable text. Never throws: text that cannot be
 * parsed is returned unchanged. `*one asterisk*` is WhatsApp's bold, and CommonMark's italic only where the text also has `**bold**`.
 */
export function toWhatsApp(source: string): string {
  const text = unwrapFence(cleanText(source, source.length)).trim();
  if (text.length > MAX_SOURCE) return text;
  try {
    const tokens = markdown.lexer(blocksToMarkdown(plainMath(closeBold(unwrapMarkdown(text)))));
    return blocks(readAsterisks(tokens)).trim() || (/[<&]/.test(text) ? "" : text);
  } catch {
    return text; // too deeply nested for the stack
  }
}
