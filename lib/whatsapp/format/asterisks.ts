import { type Token, walkTokens } from "marked";
import { codeStretches, isWithin } from "./code.ts";

/** CommonMark does not end bold between a sign and a letter (`**Total:**S/ 45`); its writer meant it to. */
export function closeBold(source: string): string {
  if (!source.includes("**")) return source;
  const code = codeStretches(source);
  return source.replace(BOLD, (bold: string, at: number) => {
    const touches =
      SIGN_AT_END.test(bold.slice(-4)) &&
      /^[\p{L}\p{N}]/u.test(source.slice(at + bold.length, at + bold.length + 2));
    return touches && !isWithin(at, code) ? `${bold} ` : bold;
  });
}

/** Pairs are read from the left, so that no end is taken for a beginning. */
const BOLD = /(?<!\*)\*\*(?=[^\s*])(?:[^*\n]|\*(?!\*)){0,200}\*\*(?!\*)/g;
const SIGN_AT_END = /[\p{Po}\p{Pe}\p{Pf}](?<![*_~`])\*\*$/u;

/**
 * Reads `*one asterisk*` as its writer meant it: WhatsApp's bold, and CommonMark's italic where the text also has
 * `**bold**`. A label (`*Total*: S/ 45`) is bold in both. Changes the tokens.
 */
export function readAsterisks(tokens: Token[]): Token[] {
  let commonMark = false;
  const single: { token: Token; isLabel: boolean }[] = [];
  const look = (siblings: readonly Token[]) => {
    for (const [at, token] of siblings.entries()) {
      if (token.type === "strong" && /^(?:\*\*|__)/.test(token.raw)) commonMark = true;
      if (token.type !== "em" || !token.raw.startsWith("*")) continue;
      const begins = at === 0 || /\n\s*$/.test(siblings[at - 1]?.raw.slice(-40) ?? "");
      const ends = token.raw.endsWith(":*") || (siblings[at + 1]?.raw ?? "").startsWith(":");
      single.push({ token, isLabel: begins && ends });
    }
  };
  look(tokens);
  walkTokens(tokens, (token) => look("tokens" in token ? (token.tokens ?? []) : []));
  for (const { token, isLabel } of single) if (isLabel || !commonMark) token.type = "strong";
  return tokens;
}
