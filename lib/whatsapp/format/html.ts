import { codeStretches, isWithin } from "./code.ts";
import { decodeEntities } from "./entities.ts";
import { lowered, raised } from "./math.ts";
import { isNamed } from "./named.ts";

const INLINE = {
  b: "strong",
  strong: "strong",
  i: "em",
  em: "em",
  cite: "em",
  s: "del",
  del: "del",
  strike: "del",
} as const;
const INLINE_CODE = /^(?:code|kbd|samp|tt)$/;
const PLAIN = /^(?:u|span|font|small|big|sub|sup|mark|ins|abbr|label|center|time|q|button)$/;
const BLOCKS =
  "p|div|section|article|header|footer|main|h[1-6]|ul|ol|li|dl|dt|dd|blockquote|table|thead|tbody|tfoot|tr|td|th|html|body|hr|details|summary";

/** An element of HTML in a line: what it means in Markdown, and its content. */
export interface Element {
  raw: string;
  kind: "strong" | "em" | "del" | "code" | "link" | "plain";
  content: string;
  href: string;
}

const OPENING = /^<([a-z]{1,8})((?:\s[^<>]{0,500})?)>/i;

/** The element that begins a text, with its end; null for any other text, and for signs that are only named. */
export function elementAt(text: string): Element | null {
  const [opening = "", tag = "", attributes = ""] = OPENING.exec(text) ?? [];
  const name = tag.toLowerCase();
  const kind = kindOf(name);
  if (kind === null) return null;
  const end = closingOf(text, name, opening.length);
  if (end === null) return null;
  const content = text.slice(opening.length, end.start);
  // "<b> y </b>": a sentence about the signs.
  if (/^\s+\p{L}{0,4}\s+$/u.test(content)) return null;
  const [, , quoted, bare] =
    /\shref\s*=\s*(?:(["'])([^"']{0,500})\1|([^\s"'>]{1,500}))/i.exec(attributes) ?? [];
  const href = (quoted ?? bare ?? "").trim();
  return {
    raw: text.slice(0, end.end),
    kind: kind === "link" && href === "" ? "plain" : kind,
    content: /^[-+\dn]{1,6}$/.test(content) ? placed(name, content) : content,
    href,
  };
}

const placed = (name: string, content: string): string =>
  name === "sup" ? raised(content) : name === "sub" ? lowered(content) : content;

function kindOf(name: string): Element["kind"] | null {
  if (Object.hasOwn(INLINE, name)) return INLINE[name as keyof typeof INLINE];
  if (INLINE_CODE.test(name)) return "code";
  if (name === "a") return "link";
  return PLAIN.test(name) ? "plain" : null;
}

/** The end tag that belongs to it: elements of one name may lie within each other. */
function closingOf(text: string, name: string, from: number): { start: number; end: number } | null {
  let depth = 1;
  const tags = new RegExp(`<(/?)${name}(?:\\s[^<>]{0,500})?>`, "gi");
  tags.lastIndex = from;
  for (let tag = tags.exec(text); tag; tag = tags.exec(text)) {
    depth += tag[1] === "/" ? -1 : 1;
    if (depth === 0) return { start: tag.index, end: tags.lastIndex };
  }
  return null;
}

/** Blocks of HTML as Markdown, comments left out; code and signs that are only named stay. Linear. */
export function blocksToMarkdown(source: string): string {
  if (!/<[a-z!/]/i.test(source)) return source;
  if (!/<(?:html|body)[\s>]/i.test(source)) return withoutComments(source);
  const code = codeStretches(source);
  return withoutComments(
    source.replace(OUTSIDE, (part, ...found) => (isWithin(Number(found.at(-2)), code) ? part : "")),
  );
}

/** What a page of HTML holds besides its words. */
const OUTSIDE = /<!doctype[^<>]{0,200}>|<(head|style|script)(?:\s[^<>]{0,500})?>[\s\S]*?<\/\1>/gi;

function withoutComments(source: string): string {
  const code = codeStretches(source);
  const uncommented = source.replace(/<!--[\s\S]*?(?:-->|$)/g, (comment, at: number) =>
    isWithin(at, code) ? comment : "",
  );
  const fenced = uncommented.replace(PRE, (element, content: string, at: number) =>
    isWithin(at, code) ? element : `\n\n\`\`\`\n${decodeEntities(content)}\n\`\`\`\n\n`,
  );
  const seen = fenced.replace(IMAGE, (element, alt: string | undefined, at: number) =>
    isWithin(at, code) ? element : (alt ?? ""),
  );
  // Without an end tag, or a block that begins the text, it is no HTML that a model would write.
  return ENDS_BLOCK.test(seen) || BEGINS_BLOCK.test(seen) ? withBlocks(seen) : seen;
}

const PRE = /<pre(?:\s[^<>]{0,500})?>\s*(?:<code(?:\s[^<>]{0,500})?>)?([\s\S]*?)(?:<\/code>\s*)?<\/pre>/gi;
const IMAGE = /<img\s(?:[^<>]{0,500}?\salt\s?=\s?["']([^"'<>]{0,200})["'])?[^<>]{0,500}>/gi;
const BEGINS_BLOCK = /^\s*<(?:p|div|ul|ol|h[1-6]|table)(?:\s[^<>]{0,200})?>/i;
const ENDS_BLOCK = new RegExp(`<(?:/(?:${BLOCKS})|hr\\s*/?)>`, "i");

function withBlocks(source: string): string {
  const code = codeStretches(source);
  const lists: { ordered: boolean; items: number }[] = [];
  const converted = source.replace(
    new RegExp(`<(/?)(${BLOCKS})(?:\\s[^<>]{0,500})?/?>\\s*`, "gi"),
    (whole: string, slash: string, tag: string, at: number) => {
      if (isWithin(at, code) || isNamed(source, at, at + whole.trimEnd().length)) return whole;
      return markdownFor(tag.toLowerCase(), slash === "/", lists);
    },
  );
  return converted.replace(/\n{3,}/g, "\n\n").replace(/^\n+/, "");
}

function markdownFor(tag: string, closes: boolean, lists: { ordered: boolean; items: number }[]): string {
  if (tag === "ul" || tag === "ol") {
    if (closes) lists.pop();
    else lists.push({ ordered: tag === "ol", items: 0 });
    return lists.length > 0 ? "\n" : "\n\n";
  }
  if (tag === "li" && !closes) {
    const list = lists.at(-1);
    if (list) list.items += 1;
    return `\n${"   ".repeat(Math.max(0, lists.length - 1))}${list?.ordered ? `${list.items}.` : "-"} `;
  }
  if (/^h[1-6]$/.test(tag)) return closes ? "\n\n" : "\n\n# ";
  if (tag === "tr" || tag === "dt") return closes ? "" : "\n- ";
  if (tag === "td" || tag === "th" || tag === "dd") return closes ? "" : " ";
  if (tag === "blockquote") return closes ? "\n\n" : "\n\n> ";
  if (tag === "hr") return "\n\n---\n\n";
  return tag === "li" || tag === "thead" || tag === "tbody" ? "\n" : "\n\n";
}
