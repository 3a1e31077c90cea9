import { errorCode } from "../../telemetry/error-code.ts";
import type { Log } from "../../telemetry/log.ts";
import type { Clock } from "../../types/clock.ts";
import type { FileStore, MediaFiles } from "../../types/media.ts";

/** What deleting kept files needs. */
export interface FilePurgeDeps {
  mediaFiles: MediaFiles;
  /** Null when files are not kept, or no longer. */
  fileStore: FileStore | null;
  clock: Clock;
  log: Log;
}

/** Files in one call. */
const BATCH = 100;
const REMOVE_TIMEOUT_MS = 3_000;

/**
 * Deletes the files that are due, until `untilMs`: how many, and whether those were all. Never throws: a file that cannot
 * be deleted stays known, and the next call tries again.
 */
export async function purgeFiles(
  { mediaFiles, fileStore, clock, log }: FilePurgeDeps,
  untilMs: number,
): Promise<{ deleted: number; done: boolean }> {
  let deleted = 0;
  try {
    await mediaFiles.shorten();
    do {
      const paths = await mediaFiles.due(BATCH);
      if (paths.length === 0) return { deleted, done: true };
      if (!fileStore) {
        log.error("purge.files_failed", { code: "no_blob_token" });
        break;
      }
      await fileStore.remove(paths, AbortSignal.timeout(REMOVE_TIMEOUT_MS));
      deleted += await mediaFiles.forget(paths);
    } while (clock.now() < untilMs);
  } catch (error) {
    log.error("purge.files_failed", { code: errorCode(error) });
  }
  return { deleted, done: false };
}
