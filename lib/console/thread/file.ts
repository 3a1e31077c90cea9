import type { ChatFile } from "../../../contracts/chat.ts";
import { rangedResponse } from "../../http/ranged.ts";
import { fileHeaders } from "../../media/file/displayed.ts";
import { fetchMedium, type MediaSource } from "../../media/file/fetch.ts";
import { type Reason, reasonOf } from "../../media/file/unreadable.ts";
import { errorCode } from "../../telemetry/error-code.ts";
import type { Log } from "../../telemetry/log.ts";
import type { StoredFile } from "../../types/console/inbox.ts";
import type { FileStore } from "../../types/media.ts";
import { storedContent } from "../../whatsapp/content/outbound.ts";
import { Refusal } from "../http/route.ts";
import { fileIn } from "./message.ts";

/** Where files come from: the archive while it has them, else Meta, which deletes them after some days. */
export interface FileSources {
  media: MediaSource;
  /** Null without an archive. */
  fileStore: FileStore | null;
  log: Log;
}

interface Found {
  mediaId: string;
  file: ChatFile;
}

/** Largest file served; a process holds it whole. */
const MAX_BYTES = 25 * 1024 * 1024;
const LIMIT_MS = 20_000;

const REFUSALS: Record<Reason, ConstructorParameters<typeof Refusal>> = {
  gone: [
    410,
    "file_gone",
    "WhatsApp has deleted this file, as it does after some days. Ask the customer for it again.",
  ],
  too_large: [413, "file_too_large", "This file is over 25 MB. Open it in the WhatsApp Business app."],
  timeout: [504, "file_late", "WhatsApp did not send this file in time. Try again."],
  unsupported: [502, "file_failed", "WhatsApp did not send this file. Try again."],
  failed: [502, "file_failed", "WhatsApp did not send this file. Try again."],
};

/** A message's file, in a form that no browser runs. Throws Refusal that says why there is none. */
export async function fileResponse(
  stored: StoredFile,
  range: string | null,
  sources: FileSources,
): Promise<Response> {
  const found = foundIn(stored);
  if (!found) throw new Refusal(404, "no_file", "This message has no file that WhatsApp keeps.");
  const { bytes, mimeType } = await bytesOf(stored, found.mediaId, sources).catch((error) => {
    const reason = reasonOf(error);
    if (reason !== "gone") sources.log.warn("console.file_failed", { code: errorCode(error) });
    throw new Refusal(...REFUSALS[reason]);
  });
  return rangedResponse(range, bytes, fileHeaders(found.file.mimeType ?? mimeType, found.file.filename));
}

function foundIn(stored: StoredFile): Found | null {
  let mediaId: string | null = null;
  const content = storedContent(stored, ({ id }) => {
    mediaId = id ?? null;
    return "";
  });
  const file = fileIn(content);
  return file && mediaId !== null ? { mediaId, file } : null;
}

async function bytesOf({ path, phoneNumberId }: StoredFile, mediaId: string, sources: FileSources) {
  const limits = { maxBytes: MAX_BYTES, signal: AbortSignal.timeout(LIMIT_MS) };
  if (path !== null && sources.fileStore) {
    const bytes = await sources.fileStore.get(path, limits).catch((error) => {
      sources.log.warn("console.archive_failed", { code: errorCode(error) });
      return null;
    });
    if (bytes) return { bytes, mimeType: null };
  }
  return fetchMedium({ phoneNumberId, mediaId }, sources.media, limits);
}
