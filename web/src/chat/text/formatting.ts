/** WhatsApp's text formatting as a tree: https://faq.whatsapp.com/539178204879377 */

/** Inline element of a line. */
export type Inline =
  | { kind: "text" | "code"; text: string }
  | { kind: "link"; text: string; href: string }
  | { kind: "bold" | "italic" | "strike"; children: Inline[] };

/** Block element of a message. */
export type Block =
  | { kind: "lines"; lines: Inline[][] }
  | { kind: "quote"; lines: Inline[][] }
  | { kind: "bullets"; items: Inline[][] }
  | { kind: "numbers"; first: number; items: Inline[][] }
  | { kind: "mono"; text: string };

const STYLES = { "*": "bold", _: "italic", "~": "strike" } as const;

// A mark opens after a non-word character and before a non-space; it closes the other way round.
const TOKEN =
  /```(?<mono>[^`\n]+?)```|`(?<code>[^`\n]+)`|(?<url>https?:\/\/[^\s<>"]+)|(?<![\p{L}\p{N}])(?<mark>[*_~])(?<inner>\S|\S[^\n]*?\S)\k<mark>(?![\p{L}\p{N}])/gu;

// There are three marks, so deeper nesting has no meaning.
const MAX_DEPTH = 3;

function link(url: string): { link: Inline; rest: string } {
  const text = url.replace(/[.,;:!?'")\]*_~]+$/u, "");
  return { link: { kind: "link", text, href: text }, rest: url.slice(text.length) };
}

/** Parses one line; unpaired marks stay as they were typed. */
export function parseInline(line: string, depth = 0): Inline[] {
  const parts: Inline[] = [];
  const push = (text: string) => {
    if (text) parts.push({ kind: "text", text });
  };
  let from = 0;
  for (const match of line.matchAll(TOKEN)) {
    const { mono, code, url, mark, inner } = match.groups ?? {};
    push(line.slice(from, match.index));
    from = match.index + match[0].length;
    if (mono !== undefined || code !== undefined) parts.push({ kind: "code", text: mono ?? code ?? "" });
    else if (url !== undefined) {
      const found = link(url);
      parts.push(found.link);
      push(found.rest);
    } else if ((mark === "*" || mark === "_" || mark === "~") && inner !== undefined && depth < MAX_DEPTH) {
      parts.push({ kind: STYLES[mark], children: parseInline(inner, depth + 1) });
    } else push(match[0]);
  }
  push(line.slice(from));
  return parts;
}

type LineKind = Exclude<Block["kind"], "mono">;

function readLine(line: string): { kind: LineKind; first: number; text: string } {
  const quote = /^> ?(?<text>.+)$/u.exec(line)?.groups;
  if (quote) return { kind: "quote", first: 0, text: quote.text ?? "" };
  const bullet = /^[*-] (?<text>.+)$/u.exec(line)?.groups;
  if (bullet) return { kind: "bullets", first: 0, text: bullet.text ?? "" };
  const number = /^(?<first>\d{1,3})\. (?<text>.+)$/u.exec(line)?.groups;
  if (number) return { kind: "numbers", first: Number(number.first), text: number.text ?? "" };
  return { kind: "lines", first: 0, text: line };
}

// Blank lines around lists and quotes only set them apart; the page does so by itself.
function withoutEdges(blocks: Block[]): Block[] {
  const blank = (line: Inline[] | undefined) => line?.length === 0;
  for (const [place, block] of blocks.entries()) {
    if (block.kind !== "lines") continue;
    while (place > 0 && blank(block.lines[0])) block.lines.shift();
    while (place < blocks.length - 1 && blank(block.lines.at(-1))) block.lines.pop();
  }
  return blocks.filter((block) => block.kind !== "lines" || block.lines.length > 0);
}

function parseLines(text: string): Block[] {
  const blocks: Block[] = [];
  for (const line of text.split("\n")) {
    const { kind, first, text: content } = readLine(line);
    const inline = parseInline(content);
    const last = blocks.at(-1);
    if (last?.kind === kind && "items" in last) last.items.push(inline);
    else if (last?.kind === kind && "lines" in last) last.lines.push(inline);
    else if (kind === "bullets") blocks.push({ kind, items: [inline] });
    else if (kind === "numbers") blocks.push({ kind, first, items: [inline] });
    else blocks.push({ kind, lines: [inline] });
  }
  return blocks;
}

/** Parses a message into monospace blocks, quotes, lists and plain lines; drops only marks and blank lines. */
export function parseMessage(text: string): Block[] {
  const blocks: Block[] = [];
  let from = 0;
  const plain = (until: number) => {
    const between = text.slice(from, until);
    if (between) blocks.push(...parseLines(between));
  };
  for (const match of text.matchAll(/```(?<mono>[\s\S]+?)```/gu)) {
    const end = match.index + match[0].length;
    const mono = match.groups?.mono ?? "";
    const before = text[match.index - 1] ?? "\n";
    const after = text[end] ?? "\n";
    const ownLines = before === "\n" && after === "\n";
    // Inside a line it is inline code, which `parseInline` handles.
    if (!mono.includes("\n") && !ownLines) continue;
    plain(before === "\n" ? Math.max(from, match.index - 1) : match.index);
    blocks.push({ kind: "mono", text: mono.replace(/^\n|\n$/gu, "") });
    from = after === "\n" ? end + 1 : end;
  }
  plain(text.length);
  return withoutEdges(blocks);
}

function textOf(parts: readonly Inline[]): string {
  return parts.map((part) => ("children" in part ? textOf(part.children) : part.text)).join("");
}

/** A message without formatting marks, on one line. */
export function plainText(text: string): string {
  const lines = parseMessage(text).flatMap((block) => {
    if (block.kind === "mono") return block.text;
    return ("items" in block ? block.items : block.lines).map(textOf);
  });
  return lines.join(" ").replace(/\s+/gu, " ").trim();
}
