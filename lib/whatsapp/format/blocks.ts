import type { Token, Tokens } from "marked";
import { inline, isKnown, LINE_BREAK, marked, wrap } from "./inline.ts";

/** Renders blocks with the source's spacing: the next line, or one empty line between. */
export function blocks(tokens: readonly Token[]): string {
  let text = "";
  let gap = "";
  for (const token of tokens) {
    const rendered = block(token).trim();
    if (rendered !== "") {
      const apart = /\n[^\S\n]*\n/.test(gap) ? "\n\n" : "\n";
      text += (text && apart) + rendered;
      gap = "";
    }
    gap += token.raw.slice(token.raw.trimEnd().length);
  }
  return text;
}

function block(token: Token): string {
  if (!isKnown(token)) return token.raw;
  switch (token.type) {
    case "space":
      return "";
    case "heading":
      return marked("*", token.tokens);
    case "paragraph":
      return inline(token.tokens);
    case "blockquote":
      return blocks(token.tokens).replace(/^(?:> )?(?=.)/gm, "> ");
    case "list":
      return list(token);
    case "code":
      return code(token);
    case "table":
      return table(token);
    case "hr":
      return "———";
    default:
      return inline([token]);
  }
}

/** Numbers stay as written, unless all are the same: in Markdown that means automatic numbering. */
function list({ items }: Tokens.List): string {
  const written = items.map((item) => /^\s*(\d+)([.)])/.exec(item.raw));
  const lazy = items.length > 1 && written.every((own) => own?.[1] === written[0]?.[1]);
  return items
    .map((item, index) => {
      const [, number, mark] = written[index] ?? [];
      return listItem(item, number ? `${lazy ? Number(number) + index : number}${mark}` : null);
    })
    .join("\n");
}

function listItem(item: Tokens.ListItem, number: string | null): string {
  // "+ 51 999 …" at the start of a line is a phone number, although Markdown reads a list item.
  const bullet = /^\s*\+\s+\d/.test(item.raw) ? "+" : "-";
  const [first, ...rest] = item.tokens;
  const box = first?.type === "checkbox" ? first.raw.trim() : "";
  const text = blocks(box ? rest : item.tokens).replace(/\n(?=[^\n])/g, "\n  ");
  return [number ?? bullet, box, text].filter(Boolean).join(" ");
}

/** Drops a fence's language name, which WhatsApp would show as a line of code; anything longer is text and stays. */
function code({ text, lang, raw }: Tokens.Code): string {
  const kept = lang && !/^[a-z][\w+#-]{0,19}$/i.test(lang) ? `${lang}\n${text}` : text;
  if (kept.trim() === "" || kept.includes("```")) return raw.trim();
  return `\`\`\`\n${kept}\n\`\`\``;
}

/** A bold heading line and one line per row; a table that would lose text stays as it is. */
function table(token: Tokens.Table): string {
  const cells = (row: readonly Tokens.TableCell[], marks: string) =>
    row.map((cell) => inline(cell.tokens, marks).trim().replaceAll("\n", " / ") || "–").join(" | ");
  const head = token.header.some((cell) => cell.text.trim() !== "")
    ? [wrap("*", cells(token.header, "*"))]
    : [];
  const rendered = [...head, ...token.rows.map((row) => `- ${cells(row, "")}`)].join("\n");
  return holdsAll(token.raw.replace(LINE_BREAK, ""), rendered) ? rendered : token.raw.trim();
}

/** True when `text` holds every letter and digit of `source`, in order. */
function holdsAll(source: string, text: string): boolean {
  let from = 0;
  for (const [character] of source.matchAll(/[\p{L}\p{N}]/gu)) {
    const found = text.indexOf(character, from);
    if (found < 0) return false;
    from = found + character.length;
  }
  return true;
}
