import { hex } from "../../media/file/formats.ts";
import type { Upload } from "../../types/console/outbox.ts";

/** What a file is, by its bytes; the name decides only among types with the same first bytes. */
export type FileType = Pick<Upload, "kind" | "mimeType">;

interface Known extends FileType {
  /** Hexadecimal digits from the first byte on. */
  starts: RegExp;
  /** With one of these endings, where several types begin alike. */
  named?: RegExp;
}

const OFFICE = "application/vnd.openxmlformats-officedocument";
const ZIP = /^504b0304/;
const OLE = /^d0cf11e0a1b11ae1/;

/** Types that Meta takes from a business (Cloud API, media). */
const KNOWN: readonly Known[] = [
  { kind: "image", mimeType: "image/jpeg", starts: /^ffd8ff/ },
  { kind: "image", mimeType: "image/png", starts: /^89504e470d0a1a0a/ },
  { kind: "audio", mimeType: "audio/ogg", starts: /^4f676753/ },
  { kind: "audio", mimeType: "audio/mpeg", starts: /^(494433|ff(fb|fa|f3|f2|e3|e2))/ },
  { kind: "audio", mimeType: "audio/aac", starts: /^fff[19]/ },
  { kind: "audio", mimeType: "audio/amr", starts: /^2321414d52/ },
  // Any MP4 begins like this: only one that is named as audio is sent as such.
  { kind: "audio", mimeType: "audio/mp4", starts: /^000000..66747970/, named: /\.(m4a|mp4a|aac)$/i },
  { kind: "audio", mimeType: "audio/mp4", starts: /^000000..667479704d3441/ },
  { kind: "video", mimeType: "video/3gpp", starts: /^000000..66747970336770/ },
  {
    kind: "video",
    mimeType: "video/mp4",
    starts: /^000000..66747970(69736f|6d7034|61766331|4d5356|64617368|6d6d7034)/,
  },
  { kind: "document", mimeType: "application/pdf", starts: /^25504446/ },
  { kind: "document", mimeType: `${OFFICE}.wordprocessingml.document`, starts: ZIP, named: /\.docx$/i },
  { kind: "document", mimeType: `${OFFICE}.spreadsheetml.sheet`, starts: ZIP, named: /\.xlsx$/i },
  { kind: "document", mimeType: `${OFFICE}.presentationml.presentation`, starts: ZIP, named: /\.pptx$/i },
  { kind: "document", mimeType: "application/msword", starts: OLE, named: /\.doc$/i },
  { kind: "document", mimeType: "application/vnd.ms-excel", starts: OLE, named: /\.xls$/i },
  { kind: "document", mimeType: "application/vnd.ms-powerpoint", starts: OLE, named: /\.ppt$/i },
];

const HEAD_BYTES = 16;

/** Type of these bytes; null for what Meta does not take as an image, video, audio or document. */
export function fileType(bytes: Uint8Array, filename: string | null): FileType | null {
  const head = hex(bytes.subarray(0, HEAD_BYTES));
  const known = KNOWN.find(
    ({ starts, named }) => starts.test(head) && (!named || named.test(filename ?? "")),
  );
  if (known) return { kind: known.kind, mimeType: known.mimeType };
  return /\.(txt|csv)$/i.test(filename ?? "") && isText(bytes)
    ? { kind: "document", mimeType: "text/plain" }
    : null;
}

function isText(bytes: Uint8Array): boolean {
  try {
    return !new TextDecoder("utf-8", { fatal: true }).decode(bytes).includes("\0");
  } catch {
    return false;
  }
}
