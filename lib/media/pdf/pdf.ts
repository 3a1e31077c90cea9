import { getDocumentProxy } from "unpdf";
import { keepEnds, leftOut } from "../../language/ends.ts";
import { MAX_READING, tidy } from "../file/text.ts";
import { UnreadableError } from "../file/unreadable.ts";

/** Pages read of one document, the last ones of a longer document among them. */
const MAX_PAGES = 20;
const LAST_PAGES = 3;
/** Characters read of one page and of all, because a small file may unpack to words without end. */
const MAX_PAGE = 24_000;
const MAX_READ = 36_000;

type Document = Awaited<ReturnType<typeof getDocumentProxy>>;

/** Text of a PDF, page by page; empty for a scan. Throws UnreadableError when it is locked, broken or too slow. */
export async function readPdf(bytes: Uint8Array, signal: AbortSignal): Promise<string> {
  const opening = open(bytes);
  const reading = opening.then((document) => wordsOf(document, signal));
  try {
    return await Promise.race([reading, aborted(signal)]);
  } finally {
    // Also cleans up what finishes after the timeout.
    opening.then((document) => document.destroy()).catch(() => {});
    reading.catch(() => {});
  }
}

async function open(bytes: Uint8Array): Promise<Document> {
  try {
    // `verbosity` 0, because its warnings may quote the document. A copy, because PDF.js takes over the buffer.
    return await getDocumentProxy(new Uint8Array(bytes), { verbosity: 0, stopAtErrors: false });
  } catch (error) {
    const locked = error instanceof Error && error.name === "PasswordException";
    throw new UnreadableError("unsupported", locked ? "pdf_locked" : "pdf_broken");
  }
}

async function wordsOf(document: Document, signal: AbortSignal): Promise<string> {
  const pages = new Map<number, string>();
  let left = MAX_READ;
  for (const number of pagesToRead(document.numPages)) {
    if (left <= 0) break;
    const enough = Math.min(left, MAX_PAGE);
    const text = await pageText(document, number, enough, signal);
    left -= text.length;
    pages.set(number, text.length < enough ? tidy(text) : `${tidy(text)} ${leftOut("the rest of the page")}`);
  }
  return keepEnds(inOrder(pages, document.numPages), MAX_READING);
}

/** The first page, the last ones, where the sums are, and then the others; all of a document that is not long. */
function pagesToRead(count: number): number[] {
  const all = Array.from({ length: Math.min(count, MAX_PAGES) }, (_, index) => index + 1);
  const [first, ...others] = all.slice(0, count > MAX_PAGES ? MAX_PAGES - LAST_PAGES : MAX_PAGES);
  const last = Array.from({ length: count > MAX_PAGES ? LAST_PAGES : 0 }, (_, index) => count - index);
  const end = count > MAX_PAGES ? last : others.splice(-1);
  return [first ?? 1, ...end, ...others];
}

/** The pages that were read, with a mark where others stand between; nothing when they say nothing. */
function inOrder(pages: ReadonlyMap<number, string>, count: number): string {
  const parts: string[] = [];
  let before = 0;
  for (const number of [...pages.keys()].toSorted((one, other) => one - other)) {
    parts.push(...gap(number - before - 1), pages.get(number) ?? "");
    before = number;
  }
  const words = [...parts, ...gap(count - before)];
  return [...pages.values()].join("") === "" ? "" : words.join("\n\n").trim();
}

const gap = (pages: number): string[] => (pages > 0 ? [leftOut(`${pages} pages`)] : []);

/** Text of one page, up to about `enough` characters; a broken page gives what was read before the error. */
async function pageText(
  document: Document,
  number: number,
  enough: number,
  signal: AbortSignal,
): Promise<string> {
  let text = "";
  try {
    const page = await document.getPage(number);
    const reader = page.streamTextContent().getReader();
    while (text.length < enough && !signal.aborted) {
      const { done, value } = await reader.read();
      if (done) return text;
      text += textOf(value);
      // PDF.js never yields to the event loop: without this no timer fires.
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
    await reader.cancel(new Error("enough"));
  } catch {}
  return text;
}

type Page = Awaited<ReturnType<Document["getPage"]>>;

function textOf({ items }: Awaited<ReturnType<Page["getTextContent"]>>): string {
  return items.map((item) => ("str" in item ? `${item.str}${item.hasEOL ? "\n" : ""}` : "")).join("");
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const fail = () => reject(new UnreadableError("timeout", "pdf_timeout"));
    if (signal.aborted) fail();
    signal.addEventListener("abort", fail, { once: true });
  });
}
