import { cleanText } from "../../json/clean.ts";
import { cutEnds, keepEnds } from "../../language/ends.ts";
import { unmarked } from "../../language/marks.ts";
import { UnreadableError } from "./unreadable.ts";

/** Longest text kept of a document or recording, in UTF-16 units. */
export const MAX_READING = 12_000;

/** Bytes decoded from each side of a file, enough for half of `MAX_READING` in any encoding. */
const SIDE_BYTES = 32 * 1024;
/** Characters that no text file holds; tabs, line breaks, form feeds and escapes are allowed. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const BINARY = /[\u0000-\u0006\u000e-\u001a\u001c-\u001f\ufffe]/;

/** Text of a file in UTF-8, UTF-16 or else Windows-1252. Throws UnreadableError for binary data. */
export function decodeText(bytes: Uint8Array): string {
  const whole = bytes.byteLength <= 2 * SIDE_BYTES;
  const head = whole ? bytes : bytes.subarray(0, SIDE_BYTES);
  const encoding = encodingOf(head);
  const beginning = decode(head, encoding);
  const end = whole ? "" : decode(tailOf(bytes, encoding), encoding);
  if (BINARY.test(beginning) || BINARY.test(end)) throw new UnreadableError("unsupported", "not_text");
  if (whole) return readingOf(beginning);
  const unit = encoding.startsWith("utf-16") ? 2 : 1;
  const between = Math.round((bytes.byteLength - 2 * SIDE_BYTES) / unit);
  return cutEnds({ beginning: tidy(beginning), end: tidy(end), between }, MAX_READING);
}

/** The last bytes, from the beginning of a character on. */
function tailOf(bytes: Uint8Array, encoding: Encoding): Uint8Array {
  const even = (bytes.byteLength - SIDE_BYTES) & ~1;
  const continued = bytes.subarray(even, even + 3).findIndex((byte) => (byte & 0xc0) !== 0x80);
  return bytes.subarray(even + (encoding === "utf-8" ? Math.max(0, continued) : 0));
}

/** Text of a document or recording as it is kept: tidy, without marks, of a long one the beginning and the end. */
export const readingOf = (text: string): string => keepEnds(tidy(text), MAX_READING);

/** Trimmed, with `\n` line breaks and without brackets of marks. */
export function tidy(text: string): string {
  const lines = cleanText(unmarked(text), Number.POSITIVE_INFINITY).split("\n");
  return lines
    .map((line) => line.trimEnd())
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

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
