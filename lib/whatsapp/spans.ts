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
  const spans: Span[] = [];
  // Where a mark was opened on this line.
  const opened = new Map<string, number>();
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
      const start = opened.get(mark);
      if (start !== undefined && closes(text, at)) {
        spans.push({ start, end: at + 1, close: mark, open: mark });
        // What was opened inside and not closed was no mark.
        for (const [other, position] of opened) if (position >= start) opened.delete(other);
      } else if (start === undefined && opens(text, at)) opened.set(mark, at);
    }
    at++;
  }
  return spans.sort((one, other) => one.start - other.start || other.end - one.end);
}

/** The quoted lines of `text`, so that a cut within one goes on as a quote; those in code are no quotes. */
export function quoteSpans(text: string, spans: readonly Span[]): Span[] {
  const fences = spans.filter(({ open }) => open.startsWith(FENCE));
  return Array.from(text.matchAll(/^> .+/gm), ({ 0: line, index: start }) => ({
    start,
    end: start + line.length,
    close: "",
    open: "> ",
  })).filter(({ start }) => !fences.some((fence) => fence.start < start && start < fence.end));
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
