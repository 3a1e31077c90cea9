import { createHash, randomBytes } from "node:crypto";
import { bareType, kindOf, type MediaKind } from "./kinds.ts";

/** A file stored by Meta. */
export interface StoredMedium {
  id: string;
  bytes: Uint8Array;
  mimeType: string;
  filename: string | null;
  /** The business number it belongs to; null: any of them. */
  phoneNumberId: string | null;
  expiresMs: number;
}

/** Meta's description of a file. */
export interface MediaFacts {
  messaging_product: "whatsapp";
  url: string;
  mime_type: string;
  /** Hexadecimal here, base64 in webhooks. */
  sha256: string;
  file_size: number;
  id: string;
}

export interface MediaStore {
  /** With an `id` of one's own it replaces the file that has it. */
  put(
    file: { id?: string; bytes: Uint8Array; mimeType: string; filename?: string },
    phoneNumberId?: string,
  ): string;
  /** As `put`, kept for 30 days instead of 7. */
  upload(file: { bytes: Uint8Array; mimeType: string; filename: string }, phoneNumberId: string): string;
  /** Null when the file does not exist or has expired. */
  get(id: string): StoredMedium | null;
  delete(id: string): void;
  /** Describes a file with a new link, valid for five minutes. */
  facts(medium: StoredMedium, origin: string): MediaFacts;
  /** The file behind a link; null when there is none, or the link has expired. */
  behind(link: string): StoredMedium | null;
  /** Reason to refuse this `{ id }` as a file of this kind in a message of this number, or null. */
  refuseUse(kind: MediaKind, file: unknown, phoneNumberId: string): string | null;
}

/** Path of links, on the Graph API's own origin. */
export const LINK_PATH = "/whatsapp_business/attachments";

const LINK_MS = 5 * 60_000;
const DAY_MS = 24 * 60 * 60_000;

/** Meta's file store: ids, and links that expire. */
export function createMediaStore(now: () => number): MediaStore {
  const media = new Map<string, StoredMedium>();
  const links = new Map<string, { mediaId: string; expiresMs: number }>();

  const newId = () => String(randomBytes(6).readUIntBE(0, 6) + 10 ** 15);
  const keep = (medium: Omit<StoredMedium, "id">, id = newId()): string => {
    media.set(id, { id, ...medium });
    return id;
  };
  const get = (id: string): StoredMedium | null => {
    const medium = media.get(id);
    return medium && now() < medium.expiresMs ? medium : null;
  };
  return {
    get,
    put: ({ id, filename = null, ...file }, phoneNumberId) =>
      keep({ ...file, filename, phoneNumberId: phoneNumberId ?? null, expiresMs: now() + 7 * DAY_MS }, id),
    upload: (file, phoneNumberId) => keep({ ...file, phoneNumberId, expiresMs: now() + 30 * DAY_MS }),
    delete: (id) => void media.delete(id),
    facts({ id, bytes, mimeType }, origin) {
      const [hash, expiresMs] = [randomBytes(16).toString("hex"), now() + LINK_MS];
      links.set(hash, { mediaId: id, expiresMs });
      return {
        messaging_product: "whatsapp",
        url: `${origin}${LINK_PATH}/?mid=${id}&ext=${Math.floor(expiresMs / 1000)}&hash=${hash}`,
        mime_type: mimeType,
        sha256: createHash("sha256").update(bytes).digest("hex"),
        file_size: bytes.length,
        id,
      };
    },
    behind(link) {
      const found = links.get(link);
      return found && now() < found.expiresMs ? get(found.mediaId) : null;
    },
    refuseUse(kind, file, phoneNumberId) {
      const id = typeof file === "object" && file !== null && "id" in file ? file.id : undefined;
      if (typeof id !== "string") return null;
      const medium = get(id);
      const owner = medium?.phoneNumberId ?? phoneNumberId;
      if (!medium || owner !== phoneNumberId) return "no media with this id.";
      const voice = typeof file === "object" && file !== null && "voice" in file && file.voice === true;
      if (voice && bareType(medium.mimeType) !== "audio/ogg") return "a voice message must be audio/ogg.";
      return kindOf(medium.mimeType) === kind ? null : `media of type ${medium.mimeType} is no ${kind}.`;
    },
  };
}
