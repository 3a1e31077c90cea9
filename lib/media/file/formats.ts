/** File formats by their first bytes; declared types are not trusted. */

/** Ways to read a medium. */
export type MediumKind = "image" | "audio" | "document";

interface Format {
  mimeType: string;
  kind: MediumKind;
  /** Hexadecimal digits from the file's first byte on; `..` is any byte. */
  starts: readonly RegExp[];
}

const FORMATS: readonly Format[] = [
  { mimeType: "image/jpeg", kind: "image", starts: [/^ffd8ff/] },
  { mimeType: "image/png", kind: "image", starts: [/^89504e470d0a1a0a/] },
  { mimeType: "image/webp", kind: "image", starts: [/^52494646.{8}57454250/] },
  { mimeType: "audio/ogg", kind: "audio", starts: [/^4f676753/] },
  { mimeType: "audio/mp4", kind: "audio", starts: [/^000000..66747970/] },
  // With or without an ID3 tag in front.
  { mimeType: "audio/mpeg", kind: "audio", starts: [/^494433/, /^ff(fb|fa|f3|f2|e3|e2)/] },
  { mimeType: "audio/wav", kind: "audio", starts: [/^52494646.{8}57415645/] },
  { mimeType: "audio/webm", kind: "audio", starts: [/^1a45dfa3/] },
  { mimeType: "audio/flac", kind: "audio", starts: [/^664c6143/] },
  { mimeType: "application/pdf", kind: "document", starts: [/^25504446/] },
];

/** Bytes needed to recognise a format. */
const HEAD_BYTES = 16;

/** MIME type of these bytes among the readable formats of `kind`; null for any other. */
export function formatOf(bytes: Uint8Array, kind: MediumKind): string | null {
  const head = hex(bytes.subarray(0, HEAD_BYTES));
  const found = FORMATS.find(
    (format) => format.kind === kind && format.starts.some((start) => start.test(head)),
  );
  return found?.mimeType ?? null;
}

/** Bytes as lower-case hexadecimal digits. */
export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
