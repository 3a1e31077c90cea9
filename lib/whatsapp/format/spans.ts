/** A stretch of formatting in WhatsApp's syntax, marks included. */
export interface Span {
  start: number;
  end: number;
  /** Marks that end it at a cut and reopen it afterwards. */
  close: string;
  open: string;
}

const FENCE = "```";

/** Code fences, inline code, bold, italic and strike of `text`, ordered by start; one pass. */
export function formatSpans(text: string): Span[] {
  // Ordered by start: an opening mark reserves a place, which stays null when it is never closed.
  const spans: (Span | null)[] = [];
  // Marks open on this line: their start and their place in `spans`.
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
      const opening = opened.get(mark);
      if (opening && closes(text, at)) {
        spans[opening.place] = { start: opening.start, end: at + 1, close: mark, open: mark };
        // An unclosed mark inside was not a mark.
        for (const [other, { start }] of opened) if (start >= opening.start) opened.delete(other);
      } else if (!opening && opens(text, at)) opened.set(mark, { start: at, place: spans.push(null) - 1 });
    }
    at++;
  }
  return spans.filter((span) => span !== null);
}

/** Quoted lines of `text` outside of code; a cut inside one continues as a quote. */
export function quoteSpans(text: string, spans: readonly Span[]): Span[] {
  const fences = spans.filter(({ open }) => open.startsWith(FENCE));
  const quotes: Span[] = [];
  // Both are ordered by start, and fences do not nest.
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
