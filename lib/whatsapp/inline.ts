import type { MarkedToken, Token, Tokens } from "marked";

/** Text within a line. `marks` are the WhatsApp marks it already stands in, which must not open a second time. */
export function inline(tokens: readonly Token[], marks = ""): string {
  return tokens.map((token, index) => piece(token, tokens[index - 1], tokens[index + 1], marks)).join("");
}

/** Puts a mark around each line of `text`, close to its words, since WhatsApp's marks neither span lines nor touch spaces. */
export function wrap(mark: string, text: string): string {
  return text.replace(/^(\s*)(.*?)(\s*)$/gmu, (line, before: string, words: string, after: string) =>
    /[\p{L}\p{N}\p{S}]/u.test(words) ? before + mark + words + mark + after : line,
  );
}

/** `tokens` in one mark, links excepted: a mark that touches an address would be taken for a part of it. */
export function marked(mark: string, tokens: readonly Token[], marks = ""): string {
  if (marks.includes(mark)) return inline(tokens, marks);
  let text = "";
  let run: Token[] = [];
  for (const token of tokens) {
    if (!holdsLink(token)) {
      run.push(token);
      continue;
    }
    text +=
      around(mark, run, marks, text) + (isLink(token) ? link(token, marks, mark) : inline([token], marks));
    run = [];
  }
  return text + around(mark, run, marks, text);
}

/** After an address the mark waits for the next word. */
function around(mark: string, run: readonly Token[], marks: string, before: string): string {
  const text = inline(run, marks + mark);
  const skipped = before === "" ? "" : (/^[^\p{L}\p{N}]*/u.exec(text)?.[0] ?? "");
  return skipped + wrap(mark, text.slice(skipped.length));
}

/** Marked's own tokens: there are no others without extensions. */
export function isKnown(token: Token): token is MarkedToken {
  return token.type !== "generic";
}

const MARKS = { strong: "*", em: "_", del: "~" } as const;

function piece(token: Token, before: Token | undefined, after: Token | undefined, marks: string): string {
  if (!isKnown(token)) return token.raw;
  switch (token.type) {
    case "strong":
    case "em":
    case "del": {
      const sides = `${before?.raw.at(-1) ?? ""}${after?.raw[0] ?? ""}`;
      if (/\d/.test(sides)) return token.raw; // 2*3*4 is arithmetic
      if (/\p{L}/u.test(sides)) return inline(token.tokens, marks); // WhatsApp knows no marks inside a word
      return marked(MARKS[token.type], token.tokens, marks);
    }
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
      return token.tokens ? inline(token.tokens, marks) : token.text;
    default:
      return token.raw;
  }
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
  if (!/^!?\[/.test(token.raw)) return token.text; // a bare address
  const label = (token.type === "image" ? token.text : inline(token.tokens, marks + labelMark)).trim();
  const address = token.href.replace(/^(mailto|tel):/i, "");
  const title = token.title ? ` (${token.title})` : "";
  if (label === "" || bare(label) === bare(address)) return address + title;
  return `${wrap(labelMark, label.replace(/:$/, ""))}${title}: ${address}`;
}

function bare(address: string): string {
  const short = address
    .toLowerCase()
    .replace(/^https?:\/\//, "")
    .replace(/\/$/, "");
  return /^\+?[\d\s().-]+$/.test(short) ? short.replace(/\D/g, "") : short;
}
