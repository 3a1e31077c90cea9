import { getDocumentProxy } from "unpdf";
import { MAX_DOCUMENT_TEXT, shorten } from "../file/text.ts";
import { UnreadableError } from "../file/unreadable.ts";

/** Pages read of one document; the first ones show what it is. */
const MAX_PAGES = 20;

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
  const pages: string[] = [];
  let left = MAX_DOCUMENT_TEXT;
  for (let number = 1; number <= Math.min(document.numPages, MAX_PAGES) && left > 0; number++) {
    const text = await pageText(document, number, left, signal);
    left -= text.length;
    pages.push(text);
  }
  const more = left <= 0 || pages.length < document.numPages;
  return shorten(pages.join("\n\n"), more && left < MAX_DOCUMENT_TEXT);
}

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
