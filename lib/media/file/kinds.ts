import type { Medium } from "../../types/media.ts";
import type { MediumKind } from "./formats.ts";

const MB = 1024 * 1024;

/** Rule for reading the media of one message type. */
interface Rule {
  kind: MediumKind;
  /** Meta's limits (https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/media); for documents our own. */
  maxBytes: number;
  /** Declared types worth a download; the bytes decide afterwards. */
  accepts: RegExp;
}

/** Declared types that say nothing, sent by phones and older clients. */
const UNSAID = /^(application|binary)\/octet-stream$/;

const RULES: Readonly<Record<string, Rule>> = {
  image: { kind: "image", maxBytes: 5 * MB, accepts: /^image\/(jpe?g|png|webp)$/ },
  audio: {
    kind: "audio",
    maxBytes: 16 * MB,
    // What OpenAI's transcription takes: neither AMR nor bare AAC.
    accepts:
      /^(audio\/(ogg|opus|mp4|mpeg|mp3|m4a|x-m4a|wav|wave|x-wav|vnd\.wave|webm|flac|x-flac)|video\/(mp4|ogg|webm)|application\/ogg)$/,
  },
  document: {
    kind: "document",
    maxBytes: 20 * MB,
    accepts:
      /^(application\/(pdf|json|csv)|text\/(plain|csv|comma-separated-values|tab-separated-values|markdown|x-markdown))$/,
  },
};

/** Names more reliable than the declared type: Windows declares a CSV as a spreadsheet. */
const READABLE_NAME = /\.(pdf|txt|csv|tsv|md|markdown|json)$/i;

/** The rule for a message's type; null when its media are only described. */
export function ruleOf(type: string): Rule | null {
  const name = type === "voice" ? "audio" : type;
  return Object.hasOwn(RULES, name) ? (RULES[name] ?? null) : null;
}

/** True when a file with these declarations is worth a download. */
export function isWorthReading(
  rule: Rule,
  { mimeType, filename }: Pick<Medium, "mimeType" | "filename">,
): boolean {
  const declared = essence(mimeType);
  if (rule.kind === "document" && READABLE_NAME.test(filename ?? "")) return true;
  return declared === "" || UNSAID.test(declared) || rule.accepts.test(declared);
}

/** True when a document is declared or named as a PDF. */
export function isSaidToBePdf({ mimeType, filename }: Pick<Medium, "mimeType" | "filename">): boolean {
  return essence(mimeType) === "application/pdf" || /\.pdf$/i.test(filename ?? "");
}

/** A MIME type without its parameters: `audio/ogg; codecs=opus` is `audio/ogg`. */
function essence(mimeType: string | null): string {
  return (mimeType ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";
}
