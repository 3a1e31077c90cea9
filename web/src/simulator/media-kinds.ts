import type { SimMediaType } from "../api.ts";

const MB = 1024 * 1024;

interface MediaKind {
  maxBytes: number;
  /** Empty: any. */
  mimeTypes: readonly string[];
}

/** What WhatsApp takes of each kind of file (Meta, business-phone-numbers/media). */
export const MEDIA_KINDS: Readonly<Record<SimMediaType, MediaKind>> = {
  image: { maxBytes: 5 * MB, mimeTypes: ["image/jpeg", "image/png"] },
  video: { maxBytes: 16 * MB, mimeTypes: ["video/mp4", "video/3gpp"] },
  audio: {
    maxBytes: 16 * MB,
    mimeTypes: ["audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg"],
  },
  voice: { maxBytes: 16 * MB, mimeTypes: ["audio/ogg"] },
  document: { maxBytes: 100 * MB, mimeTypes: [] },
  sticker: { maxBytes: 500 * 1024, mimeTypes: ["image/webp"] },
};

/** Browsers' names of types that Meta knows by another. */
const ALIASES: Readonly<Record<string, string>> = { "audio/x-m4a": "audio/mp4", "audio/mp3": "audio/mpeg" };

/** The same file under the type that Meta knows. */
export function withMetaType(file: File): File {
  const type = ALIASES[file.type];
  return type === undefined ? file : new File([file], file.name, { type });
}

/** Why WhatsApp would not take this file as such a message; null when it would. */
export function refusalOf(type: SimMediaType, file: { size: number; type: string }): MediaRefusal | null {
  const { maxBytes, mimeTypes } = MEDIA_KINDS[type];
  if (file.size === 0) return "empty_file";
  if (file.size > maxBytes) return "file_too_large";
  const mimeType = file.type.split(";")[0]?.trim().toLowerCase() ?? "";
  return mimeTypes.length === 0 || mimeTypes.includes(mimeType) ? null : "file_type";
}

export type MediaRefusal = "empty_file" | "file_too_large" | "file_type";
