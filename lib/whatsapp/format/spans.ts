/** A stretch of formatting in WhatsApp's syntax, marks included. */
export interface Span {
  start: number;
  end: number;
  /** Ends it early at a cut, and takes it up again after. */
  close: string;
  open: string;
}

const FENCE = "```";

/** Code fences, inline code, bold, italic and strike of `text`, in order of their starts; one pass. */
export function formatSpans(text: string): Span[] {
  // In order of their starts: a mark that opens takes its place, and leaves it empty when it is never closed.
  const spans: (Span | null)[] = [];
  // Where a mark was opened on this line, and its place.
  const opened = new Map<string, { start: number; place: number }>();
  let at = 0;
  while (at < text.length) {
    const code = codeAt(text, at);
    if (code) {
      spans.push(code);
      at = code.end;
      continue;
    }
    const mark = text[at] ?? "";
    if (mark === "\n") opened.clear();
    if (mark === "*" || mark === "_" || mark === "~") {
      const begun = opened.get(mark);
      if (begun && closes(text, at)) {
        spans[begun.place] = { start: begun.start, end: at + 1, close: mark, open: mark };
        // What was opened inside and not closed was no mark.
        for (const [other, { start }] of opened) if (start >= begun.start) opened.delete(other);
      } else if (!begun && opens(text, at)) opened.set(mark, { start: at, place: spans.push(null) - 1 });
    }
    at++;
  }
  return spans.filter((span) => span !== null);
}

/** The quoted lines of `text`, so that a cut within one goes on as a quote; those in code are no quotes. */
export function quoteSpans(text: string, spans: readonly Span[]): Span[] {
  const fences = spans.filter(({ open }) => open.startsWith(FENCE));
  const quotes: Span[] = [];
  // Both in order of their starts, and no fence stands in another.
  let fence = 0;
  for (const { 0: line, index: start } of text.matchAll(/^> .+/gm)) {
    while ((fences[fence]?.end ?? text.length) <= start) fence++;
    const inCode = (fences[fence]?.start ?? start) < start;
    if (!inCode) quotes.push({ start, end: start + line.length, close: "", open: "> " });
  }
  return quotes;
}

/** A fence runs to the next one, or to the end of the text; inline code ends on its line. */
function codeAt(text: string, start: number): Span | null {
  if (text[start] !== "`") return null;
  if (text.startsWith(FENCE, start)) {
    const found = text.indexOf(FENCE, start + FENCE.length);
    const end = found < 0 ? text.length : found + FENCE.length;
    return { start, end, close: `\n${FENCE}`, open: `${FENCE}\n` };
  }
  const end = text.indexOf("`", start + 1);
  if (end <= start + 1 || text.slice(start, end).includes("\n")) return null;
  return { start, end: end + 1, close: "`", open: "`" };
}

const WORD = /[\p{L}\p{N}]/u;

function opens(text: string, at: number): boolean {
  return !WORD.test(text[at - 1] ?? " ") && /\S/.test(text[at + 1] ?? " ");
}

function closes(text: string, at: number): boolean {
  return /\S/.test(text[at - 1] ?? " ") && !WORD.test(text[at + 1] ?? " ");
}
