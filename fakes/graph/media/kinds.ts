const KINDS = ["image", "sticker", "audio", "video", "document"] as const;

/** Message types that a file can be sent as. */
export type MediaKind = (typeof KINDS)[number];

const MEGABYTE = 1024 * 1024;
const office = (name: string) => `application/vnd.openxmlformats-officedocument.${name}`;

/** Meta's types and sizes by kind of file (business phone numbers, media). */
export const MEDIA_KINDS: Readonly<Record<MediaKind, { maxBytes: number; mimeTypes: readonly string[] }>> = {
  image: { maxBytes: 5 * MEGABYTE, mimeTypes: ["image/jpeg", "image/png"] },
  sticker: { maxBytes: 500 * 1024, mimeTypes: ["image/webp"] },
  audio: {
    maxBytes: 16 * MEGABYTE,
    mimeTypes: ["audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg"],
  },
  video: { maxBytes: 16 * MEGABYTE, mimeTypes: ["video/mp4", "video/3gpp"] },
  document: {
    maxBytes: 100 * MEGABYTE,
    mimeTypes: [
      "application/pdf",
      "text/plain",
      "application/msword",
      "application/vnd.ms-excel",
      "application/vnd.ms-powerpoint",
      office("wordprocessingml.document"),
      office("spreadsheetml.sheet"),
      office("presentationml.presentation"),
    ],
  },
};

const MAX_STATIC_STICKER_BYTES = 100 * 1024;

/** The type without its parameters: `audio/ogg` of `audio/ogg; codecs=opus`. */
export function bareType(mimeType: string): string {
  return mimeType.split(";")[0]?.trim().toLowerCase() ?? "";
}

/** Kind that a file of this type is sent as; null for a type that Meta does not accept. */
export function kindOf(mimeType: string): MediaKind | null {
  return KINDS.find((kind) => MEDIA_KINDS[kind].mimeTypes.includes(bareType(mimeType))) ?? null;
}

/** Reason why Meta would reject this upload, or null. */
export function uploadProblem(mimeType: string, bytes: Uint8Array): { code: number; details: string } | null {
  const kind = kindOf(mimeType);
  if (kind === null) {
    const all = KINDS.flatMap((name) => MEDIA_KINDS[name].mimeTypes).join(", ");
    return { code: 100, details: `Param file must be a file with one of the following types: ${all}.` };
  }
  const isStatic = kind === "sticker" && !isAnimated(bytes);
  const maxBytes = isStatic ? MAX_STATIC_STICKER_BYTES : MEDIA_KINDS[kind].maxBytes;
  if (bytes.length === 0) return { code: 100, details: "The parameter file must not be empty." };
  if (bytes.length <= maxBytes) return null;
  return {
    code: 131_053,
    details: `file: ${bytes.length} bytes are more than the ${maxBytes} of this type.`,
  };
}

/** The animation flag of an extended WebP header. */
function isAnimated(bytes: Uint8Array): boolean {
  return new TextDecoder("latin1").decode(bytes.subarray(12, 16)) === "VP8X" && ((bytes[20] ?? 0) & 2) !== 0;
}
