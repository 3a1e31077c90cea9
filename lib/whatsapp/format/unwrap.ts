/** Languages of a fence that holds words for a reader, not code. */
const WORDS = /^(?:markdown|md|mdx|text|txt|plain|plaintext|whatsapp|commonmark|gfm)?$/i;
/** Markdown in a fence without a language: then the whole answer was put into it. */
const MARKDOWN =
  /\*\*[^*\n]+\*\*|^#{1,6}\s|^[ \t]*(?:[-*+•]|\d{1,3}[.)])\s+\S.*\n[ \t]*(?:[-*+•]|\d{1,3}[.)])\s+\S|\[[^\][\n]{1,200}\]\(https?:|^[ \t]*\|?[ \t]*:?-{3,}:?[ \t]*\|[-:|\t ]*$/m;

/**
 * The words of an answer that stands in one fence of words as a whole; any other text unchanged. A fence without a language
 * is opened when it holds Markdown, or as told.
 */
export function unwrapFence(text: string, nameless: "markdown" | "always" = "markdown"): string {
  const trimmed = text.trim();
  const [opening, fence = "", lang = ""] = /^(`{3,}|~{3,})[^\S\n]*([\w-]*)[^\S\n]*\n/.exec(trimmed) ?? [];
  if (opening === undefined || !WORDS.test(lang)) return text;
  const lines = trimmed.slice(opening.length).split("\n");
  const end = endOf(lines, fence);
  if (end !== null && end < lines.length - 1) return text;
  const content = lines.slice(0, end ?? lines.length).join("\n");
  const isWords = MARKDOWN.test(content) || isProse(content);
  if (lang === "" && nameless === "markdown" && (end === null || !isWords)) return text;
  return content.trim();
}

/** A sentence without a sign of code. */
const isProse = (content: string): boolean =>
  /[.!?…]\s*$/.test(content.slice(-20)) &&
  content.trim().split(/\s+/).length >= 4 &&
  !/[{}=<>\\|;]|--|\(\)|^\s*(?:\$ |#|\/\/)/.test(content);

/** Fences of Markdown anywhere in an answer, opened: what stands in them is meant to be read. */
export function unwrapMarkdown(text: string): string {
  if (!/```(?:markdown|md)\b/i.test(text)) return text;
  const lines = text.split("\n");
  const kept: string[] = [];
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? "";
    const [, fence] = /^[ \t]{0,3}(`{3,9})(?:markdown|md)[ \t]*$/i.exec(line) ?? [];
    const end = fence === undefined ? null : endOf(lines.slice(at + 1), fence);
    if (end === null) {
      kept.push(line);
      continue;
    }
    kept.push(...lines.slice(at + 1, at + 1 + end));
    at += end + 1;
  }
  return kept.join("\n");
}

/** The line that ends the fence; fences within it begin with a language. */
function endOf(lines: readonly string[], fence: string): number | null {
  let depth = 0;
  for (const [at, line] of lines.entries()) {
    if (!line.trim().startsWith(fence)) continue;
    const ends = line.trim() === fence;
    if (ends && depth === 0) return at;
    depth += ends ? -1 : 1;
  }
  return null;
}
