import type { ChatMediaType } from "../../contracts/chat.ts";
import type { MediaLimits, MediaRefusal } from "../../contracts/simulator.ts";
import { bareType, MEDIA_KINDS } from "../graph/media/kinds.ts";

/** WhatsApp's limits for files that a customer sends: phones attach documents of any type. */
export const MEDIA_LIMITS: MediaLimits = {
  ...MEDIA_KINDS,
  voice: { ...MEDIA_KINDS.audio, mimeTypes: ["audio/ogg"] },
  document: { ...MEDIA_KINDS.document, mimeTypes: [] },
};

/** Reason why WhatsApp would reject this file, or null. */
export function refusalOf(type: ChatMediaType, bytes: number, mimeType: string): MediaRefusal | null {
  const { maxBytes, mimeTypes } = MEDIA_LIMITS[type];
  if (bytes === 0) return "empty_file";
  if (bytes > maxBytes) return "file_too_large";
  return mimeTypes.length === 0 || mimeTypes.includes(bareType(mimeType)) ? null : "file_type";
}
