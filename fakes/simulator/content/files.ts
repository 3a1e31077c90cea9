import { createHash } from "node:crypto";
import type { FileUrl } from "../../../lib/whatsapp/content/content.ts";
import type { Graph } from "../../graph/server.ts";

/** A customer's upload, as Meta's webhook describes it. */
export interface UploadedFile {
  mimeType: string;
  filename: string | null;
  /** Base64, as Meta writes it. */
  sha256: string;
}

export interface Files {
  /** Stores the bytes with the Graph API stand-in; returns the media id for a webhook. */
  upload(bytes: Uint8Array, mimeType: string, filename: string | null): string;
  uploaded(mediaId: string): UploadedFile | undefined;
  /** Address of a file for the page. */
  urlOf: FileUrl;
  /** The link behind an address of `urlOf`; undefined for any other. */
  linkBehind(key: string): string | undefined;
}

/** Files remembered of each kind; the oldest are dropped. */
const LIMIT = 500;

/** Files of the conversations; their bytes are with the Graph API stand-in or behind a link. */
export function createFiles(graph: Graph): Files {
  const uploads = new Map<string, UploadedFile>();
  const links = new Map<string, string>();
  return {
    upload(bytes, mimeType, filename) {
      const mediaId = graph.media.put({ bytes, mimeType, ...(filename === null ? {} : { filename }) });
      const sha256 = createHash("sha256").update(bytes).digest("base64");
      remember(uploads, mediaId, { mimeType, filename, sha256 });
      return mediaId;
    },
    uploaded: (mediaId) => uploads.get(mediaId),
    urlOf({ id, link }) {
      if (id !== undefined) return `/_local/media/${encodeURIComponent(id)}`;
      const key = createHash("sha256")
        .update(link ?? "")
        .digest("hex")
        .slice(0, 32);
      if (link !== undefined) remember(links, key, link);
      return `/_local/link/${key}`;
    },
    linkBehind: (key) => links.get(key),
  };
}

function remember<T>(map: Map<string, T>, key: string, value: T): void {
  const oldest = map.keys().next().value;
  if (map.size >= LIMIT && !map.has(key) && oldest !== undefined) map.delete(oldest);
  map.set(key, value);
}
