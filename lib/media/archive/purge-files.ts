import { errorCode } from "../../telemetry/error-code.ts";
import type { Log } from "../../telemetry/log.ts";
import type { Clock } from "../../types/clock.ts";
import type { FileStore, MediaFiles } from "../../types/media.ts";

/** Dependencies of the file purge. */
export interface FilePurgeDeps {
  mediaFiles: MediaFiles;
  /** Null when no archive is configured, or no longer. */
  fileStore: FileStore | null;
  clock: Clock;
  log: Log;
}

/** Files deleted per call. */
const BATCH = 100;
const REMOVE_TIMEOUT_MS = 3_000;

/**
 * Deletes the files that are due, until `untilMs`; `done` says whether none are left. Never throws: a file that cannot be
 * deleted stays recorded, and the next call retries.
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
