import type { MarkedToken, Token, Tokens } from "marked";
import { decodeEntities } from "./entities.ts";
import { isNamed } from "./named.ts";

/** Renders text within a line. `marks` are the WhatsApp marks already open, which must not open again. */
export function inline(tokens: readonly Token[], marks = ""): string {
  return tokens.map((token, index) => piece(token, tokens[index - 1], tokens[index + 1], marks)).join("");
}

/** Puts a mark around each line of `text`, next to its words, because WhatsApp's marks neither span lines nor touch spaces. */
export function wrap(mark: string, text: string): string {
  return text.split("\n").map(wrapLine).join("\n");

  function wrapLine(line: string): string {
    const words = line.trim();
    if (!/[\p{L}\p{N}\p{S}]/u.test(words)) return line;
    const start = line.indexOf(words);
    return line.slice(0, start) + mark + words + mark + line.slice(start + words.length);
  }
}

/** Puts one mark around `tokens`, except links: a mark that touches an address would become part of it. */
export function marked(mark: string, tokens: readonly Token[], marks = ""): string {
  if (marks.includes(mark)) return inline(tokens, marks);
  let text = "";
  let run: Token[] = [];
  for (const token of tokens) {
    if (!holdsLink(token)) {
      run.push(token);
      continue;
    }
    text += around(mark, inline(run, marks + mark), text !== "", true);
    text += isLink(token) ? link(token, marks, mark) : inline([token], marks);
    run = [];
  }
  return text + around(mark, inline(run, marks + mark), text !== "", false);
}

/** Next to an address, keeps the punctuation between out of the mark. */
function around(mark: string, text: string, afterAddress: boolean, beforeAddress: boolean): string {
  const start = afterAddress ? (/^[^\p{L}\p{N}*_~`]*/u.exec(text)?.[0].length ?? 0) : 0;
  const words = text.slice(start);
  const end = beforeAddress ? (/^.*[\p{L}\p{N}*_~`]/su.exec(words)?.[0].length ?? 0) : words.length;
  return text.slice(0, start) + wrap(mark, words.slice(0, end)) + words.slice(end);
}

/** True for Marked's own tokens; without extensions there are no others. */
export function isKnown(token: Token): token is MarkedToken {
  return token.type !== "generic";
}

/** Line break of HTML, which models need in the cells of tables. */
export const LINE_BREAK = / ?<br\s*\/?> ?/gi;

const withLineBreaks = (text: string): string =>
  text.replace(LINE_BREAK, (sign, at: number) => {
    const start = at + sign.indexOf("<");
    return isNamed(text, start, start + sign.trim().length) ? sign : "\n";
  });

const MARKS = { strong: "*", em: "_", del: "~" } as const;

function piece(token: Token, before: Token | undefined, after: Token | undefined, marks: string): string {
  if (!isKnown(token)) return token.raw;
  switch (token.type) {
    case "strong":
    case "em":
    case "del":
      return emphasis(token, before?.raw ?? "", after?.raw ?? "", marks);
    case "codespan":
      return token.text.includes("`") ? `\`\`\`${token.text}\`\`\`` : `\`${token.text}\``;
    case "link":
    case "image":
      return link(token, marks);
    case "br":
      return "\n";
    case "escape":
      return token.text;
    case "text":
      // Marked decodes some entities by itself, also those that nobody sees.
      return token.tokens
        ? inline(token.tokens, marks)
        : decodeEntities(withLineBreaks(token.raw.includes("&#") ? token.raw : token.text));
    case "html":
      // An element without a meaning in WhatsApp, as `elementAt` found it.
      return "tokens" in token ? inline(token.tokens as Token[], marks) : token.raw;
    default:
      return token.raw;
  }
}

/** Emphasis; inside a word, where WhatsApp has no marks, double marks are dropped and a single one stays as a literal character. */
function emphasis(
  token: Tokens.Strong | Tokens.Em | Tokens.Del,
  before: string,
  after: string,
  marks: string,
): string {
  const sides = `${before.at(-1) ?? ""}${after[0] ?? ""}`;
  const isElement = token.raw.startsWith("<");
  if (/\d/.test(sides) && !isElement) return token.raw; // 2*3*4 is arithmetic
  if (token.raw.startsWith("_") && (/[./]$/.test(before) || /^(\.\w|[(/])/.test(after))) return token.raw; // __init__.py is a file
  if (!/[\p{L}\d]/u.test(sides)) return marked(MARKS[token.type], token.tokens, marks);
  const sign = isElement || /^([*~])\1/.test(token.raw) ? "" : token.raw.charAt(0);
  return sign + inline(token.tokens, marks) + sign;
}

type Link = Tokens.Link | Tokens.Image;

function isLink(token: Token): token is Link {
  return token.type === "link" || token.type === "image";
}

function holdsLink(token: Token): boolean {
  return isLink(token) || ("tokens" in token && (token.tokens ?? []).some(holdsLink));
}

/** `label: address`, or the address alone when the label says the same. */
function link(token: Link, marks: string, labelMark = ""): string {
  if (!/^(?:!?\[|<a\s)/i.test(token.raw)) return decodeEntities(token.text); // a bare address
  const label = (
    token.type === "image" ? decodeEntities(token.text) : inline(token.tokens, marks + labelMark)
  ).trim();
  const address = decodeEntities(token.href).replace(/^(mailto|tel):/i, "");
  const title = token.title ? ` (${token.title})` : "";
  if (label === "" || bare(label) === bare(address)) return address + title;
  if (/https?:\/\/\S+$/.test(label)) return `${label}${title} (${address})`;
  return `${wrap(labelMark, label.replace(/:$/, ""))}${title}: ${address}`;
}

function bare(address: string): string {
  const short = address
    .toLowerCase()
    .replace(/^https?:\/\//, "")
    .replace(/\/$/, "");
  return /^\+?[\d\s().-]+$/.test(short) ? short.replace(/\D/g, "") : short;
}
