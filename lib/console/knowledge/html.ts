import { decodeEntities } from "../../whatsapp/format/entities.ts";

/** Elements whose content no reader of the page sees, or that stand on every page. */
const LEFT_OUT = new Set(
  "script style noscript template svg math canvas iframe object head nav header footer aside form button select textarea dialog".split(
    " ",
  ),
);
const BREAKS = new Set(
  "p div section article main ul ol dl dt dd table tr blockquote pre br hr figure figcaption address details summary".split(
    " ",
  ),
);
const HEADINGS = new Map(
  ["h1", "h2", "h3", "h4", "h5", "h6"].map((name, level) => [name, "#".repeat(level + 1)]),
);

/** A page's words with Markdown's headings and lists, and its title. Linear in the length of the page; nothing of it is run. */
export function textOfHtml(html: string): { title: string; text: string } {
  const out: string[] = [];
  let title = "";
  let skipping: { name: string; depth: number } | null = null;
  let inTitle = false;
  let inHeading = false;
  for (const piece of piecesOf(html)) {
    if (piece.kind === "text") {
      if (inTitle) title += piece.text;
      else if (!skipping) out.push(decodeEntities(piece.text.replaceAll("\n", " ")));
      continue;
    }
    const { name, closes, empty } = piece;
    if (name === "title") inTitle = !closes && title === "";
    else if (skipping) {
      if (name !== skipping.name) continue;
      skipping.depth += closes ? -1 : empty ? 0 : 1;
      if (skipping.depth === 0) skipping = null;
    } else if (LEFT_OUT.has(name)) {
      if (!closes && !empty) skipping = { name, depth: 1 };
    } else if (HEADINGS.has(name)) {
      out.push(closes ? "\n\n" : `\n\n${HEADINGS.get(name)} `);
      inHeading = !closes;
    } else if (inHeading) out.push(" ");
    else if (name === "li") out.push(closes ? "\n" : "\n- ");
    else if (name === "td" || name === "th") out.push(" ");
    else if (BREAKS.has(name)) out.push("\n\n");
  }
  const lines = out
    .join("")
    .split("\n")
    .map((line) => line.split(/\s+/).filter(Boolean).join(" "));
  return { title: decodeEntities(title).split(/\s+/).filter(Boolean).join(" "), text: withoutRuns(lines) };
}

type Piece = { kind: "text"; text: string } | { kind: "tag"; name: string; closes: boolean; empty: boolean };

/** Text and tags in order; comments, declarations and what is inside a script are left out. */
function* piecesOf(html: string): Generator<Piece> {
  const lower = html.toLowerCase();
  let at = 0;
  while (at < html.length) {
    const open = html.indexOf("<", at);
    if (open < 0) return yield { kind: "text", text: html.slice(at) };
    if (open > at) yield { kind: "text", text: html.slice(at, open) };
    if (html.startsWith("<!--", open)) {
      const end = html.indexOf("-->", open + 4);
      at = end < 0 ? html.length : end + 3;
      continue;
    }
    const close = html.indexOf(">", open + 1);
    if (close < 0) return;
    const name = /^[a-z][a-z0-9]*/i
      .exec(html.slice(open + 1, open + 20).replace("/", ""))?.[0]
      ?.toLowerCase();
    at = close + 1;
    if (!name) continue;
    const closes = html[open + 1] === "/";
    yield { kind: "tag", name, closes, empty: html[close - 1] === "/" };
    if (closes || (name !== "script" && name !== "style")) continue;
    const end = lower.indexOf(`</${name}`, at);
    at = end < 0 ? html.length : end;
  }
}

/** Lines joined, with at most one empty line between two. */
function withoutRuns(lines: readonly string[]): string {
  const kept = lines.filter((line, at) => line !== "" || (at > 0 && lines[at - 1] !== ""));
  return kept.join("\n").trim();
}
