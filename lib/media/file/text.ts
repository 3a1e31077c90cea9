import { cleanText } from "../../json/clean.ts";
import { UnreadableError } from "./unreadable.ts";

/** Longest text kept of a document, in UTF-16 units. */
export const MAX_DOCUMENT_TEXT = 12_000;

/** Enough for `MAX_DOCUMENT_TEXT` in any encoding; the rest is not decoded. */
const MAX_DECODED_BYTES = 64 * 1024;
/** Characters that no text file holds; tabs, line breaks, form feeds and escapes are allowed. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const BINARY = /[\u0000-\u0006\u000e-\u001a\u001c-\u001f\ufffe]/;

/** Text of a file in UTF-8, UTF-16 or else Windows-1252. Throws UnreadableError for binary data. */
export function decodeText(bytes: Uint8Array): string {
  const head = bytes.subarray(0, MAX_DECODED_BYTES);
  const text = decode(head, encodingOf(head));
  if (BINARY.test(text)) throw new UnreadableError("unsupported", "not_text");
  return shorten(text, bytes.byteLength > head.byteLength);
}

/** A document's text, trimmed, with `\n` line breaks, at most `MAX_DOCUMENT_TEXT` long; ends with a note when `more` or cut. */
export function shorten(text: string, more: boolean): string {
  const lines = text.replace(/\r\n?/g, "\n").split("\n");
  const tidy = lines
    .map((line) => line.trimEnd())
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
  if (!more && tidy.length <= MAX_DOCUMENT_TEXT) return cleanText(tidy, MAX_DOCUMENT_TEXT);
  return `${cleanText(tidy, MAX_DOCUMENT_TEXT - CUT.length)}${CUT}`;
}

const CUT = "\n[the rest was not read]";

type Encoding = "utf-8" | "utf-16le" | "utf-16be" | "windows-1252";

function encodingOf(bytes: Uint8Array): Encoding {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  // No byte order mark: Latin letters have one zero byte in each pair.
  const zeros = [0, 1].map((parity) => bytes.filter((byte, at) => byte === 0 && at % 2 === parity).length);
  const [even = 0, odd = 0] = zeros;
  if (odd > bytes.byteLength / 4 && even === 0) return "utf-16le";
  if (even > bytes.byteLength / 4 && odd === 0) return "utf-16be";
  return isUtf8(bytes) ? "utf-8" : "windows-1252";
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    // As a stream, because the cut may split a character.
    new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

function decode(bytes: Uint8Array, encoding: Encoding): string {
  return new TextDecoder(encoding).decode(bytes, { stream: true });
}
