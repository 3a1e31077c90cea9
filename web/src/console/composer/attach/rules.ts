import type { FileKind } from "../../../../../contracts/console/acts.ts";

const MB = 1024 * 1024;

/** Largest files by kind in bytes, by Meta's limits: https://developers.facebook.com/docs/whatsapp/cloud-api/reference/media */
export const MAX_BYTES: Readonly<Record<FileKind, number>> = {
  image: 5 * MB,
  video: 16 * MB,
  audio: 16 * MB,
  document: 100 * MB,
};

const AUDIO = new Set(["audio/aac", "audio/mp4", "audio/mpeg", "audio/amr", "audio/ogg"]);
const IMAGES = new Set(["image/jpeg", "image/png"]);
const VIDEOS = new Set(["video/mp4", "video/3gpp"]);
/** Browsers' names of types that Meta knows by another name. */
const ALIASES: Readonly<Record<string, string>> = { "audio/x-m4a": "audio/mp4", "audio/mp3": "audio/mpeg" };

/** Type without parameters, by Meta's name. */
export function metaType(mimeType: string): string {
  const [type = ""] = mimeType.toLowerCase().split(";");
  return ALIASES[type.trim()] ?? type.trim();
}

/** How WhatsApp would show the file: anything but its own image, video and audio types goes as a document. */
export function mediaOf(mimeType: string): FileKind {
  const type = metaType(mimeType);
  if (IMAGES.has(type)) return "image";
  if (VIDEOS.has(type)) return "video";
  return AUDIO.has(type) ? "audio" : "document";
}

/** True for pictures that WhatsApp shows only after they were redrawn as JPEG: other types, or too large ones. */
export function wantsRedraw({ type, size }: Pick<File, "type" | "size">): boolean {
  const known = metaType(type);
  if (!known.startsWith("image/") || known === "image/svg+xml") return false;
  return !IMAGES.has(known) || size > MAX_BYTES.image;
}

/** Why a file would not be taken. */
export type FileRefusal = "empty_file" | "too_large";

/** Refusal of a file that would be refused, known before it is uploaded; null when it would not. */
export function refusalOf(
  { type, size }: Pick<File, "type" | "size">,
  maxBytes = Number.POSITIVE_INFINITY,
): FileRefusal | null {
  if (size === 0) return "empty_file";
  return size > Math.min(MAX_BYTES[mediaOf(type)], maxBytes) ? "too_large" : null;
}
