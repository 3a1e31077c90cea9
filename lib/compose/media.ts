import type { TranscriptionModel } from "ai";
import { type ArchiveFile, createArchiver } from "../media/archive/archive.ts";
import type { MediaSource } from "../media/file/fetch.ts";
import { createMediaReader } from "../media/read/reader.ts";
import type { MediaReader } from "../types/media.ts";
import type { Base } from "./base.ts";
import { publicUrlOf } from "./public-url.ts";
import type { Archive } from "./stores.ts";

/** Access to customers' files at Meta. */
export const mediaSource = ({ env, numbers }: Pick<Base, "env" | "numbers">): MediaSource => ({
  baseUrl: env.WHATSAPP_API_BASE_URL,
  version: env.WHATSAPP_API_VERSION,
  accessToken: numbers.accessToken,
  hosts: env.MEDIA_HOSTS,
});

/** Reader of customers' files. PDFs are read by this deployment's own PDF function; requests are signed with the number's app secret. */
export function composeMediaReader(
  base: Base,
  archive: Archive,
  transcription: TranscriptionModel,
): MediaReader {
  const { env, numbers, clock, log } = base;
  return createMediaReader({
    source: mediaSource(base),
    ...archiver(base, archive),
    transcription,
    pdf: {
      publicUrl: publicUrlOf(env),
      secret: numbers.appSecret,
      clock,
    },
    log,
  });
}

function archiver(base: Base, { mediaFiles: files, fileStore: store }: Archive): { archive?: ArchiveFile } {
  const { log, platform } = base;
  const source = mediaSource(base);
  if (!store) return {};
  return { archive: createArchiver({ files, store, source, waitUntil: platform.waitUntil, log }) };
}
