import { errorCode } from "../../telemetry/error-code.ts";
import type { Log } from "../../telemetry/log.ts";
import type { FileStore, MediaFiles, Medium } from "../../types/media.ts";
import type { Bytes } from "../file/content.ts";
import { fetchMedium, type MediaSource } from "../file/fetch.ts";
import { formatOf } from "../file/formats.ts";
import { ruleOf } from "../file/kinds.ts";
import { UnreadableError } from "../file/unreadable.ts";

/** Archives a file in the background if its company wants that. Returns at once, never throws. Null bytes: the file is fetched again. */
export type ArchiveFile = (medium: Medium, mimeType: string, bytes: Bytes | null) => void;

/** Dependencies of the archiver. */
export interface ArchiverDeps {
  files: MediaFiles;
  store: FileStore;
  source: MediaSource;
  waitUntil(promise: Promise<unknown>): void;
  log: Log;
}

/** A file on its way to the archive. */
interface Job {
  medium: Medium;
  mimeType: string;
  load: () => Promise<Bytes>;
  signal: AbortSignal;
}

/** Time limit for one file, including its wait for others. */
const LIMIT_MS = 10_000;
/** Bytes buffered only for archiving; with the files being read they must fit an edge function's 128 MB. */
const MAX_BUFFERED_BYTES = 16 * 1024 * 1024;

/** Archives files in a store; each is recorded first, so that the purge finds what a crash leaves. Failures are only logged. */
export function createArchiver(deps: ArchiverDeps): ArchiveFile {
  let bufferedBytes = 0;
  let queue: Promise<unknown> = Promise.resolve();

  const archiveNow = async (job: Omit<Job, "load">, bytes: Bytes) => {
    bufferedBytes += bytes.byteLength;
    await archive({ ...job, load: async () => bytes }, deps);
    bufferedBytes -= bytes.byteLength;
  };
  /** One file at a time, fetched again when its turn comes. */
  const archiveLater = (job: Omit<Job, "load">) => {
    queue = queue.then(() => archive({ ...job, load: () => fetchAgain(job, deps.source) }, deps));
    return queue;
  };
  return (medium, mimeType, bytes) => {
    const job = { medium, mimeType, signal: AbortSignal.timeout(LIMIT_MS) };
    const fits = bytes !== null && bufferedBytes + bytes.byteLength <= MAX_BUFFERED_BYTES;
    deps.waitUntil(fits ? archiveNow(job, bytes) : archiveLater(job));
  };
}

async function archive(
  { medium, mimeType, load, signal }: Job,
  { files, store, log }: ArchiverDeps,
): Promise<void> {
  try {
    signal.throwIfAborted();
    const path = await files.record(medium, mimeType, `media/${crypto.randomUUID()}`);
    if (path === null) return;
    const bytes = await load();
    await store.put(path, { bytes, mimeType }, signal);
    await files.confirm(path, bytes.byteLength);
  } catch (error) {
    log.warn("media.not_archived", { type: medium.type, code: errorCode(error) });
  }
}

async function fetchAgain(
  { medium, mimeType, signal }: Omit<Job, "load">,
  source: MediaSource,
): Promise<Bytes> {
  const rule = ruleOf(medium.type);
  const { bytes } = await fetchMedium(medium, source, { maxBytes: rule?.maxBytes ?? 0, signal });
  const sameFormat = mimeType === "text/plain" || (rule && formatOf(bytes, rule.kind) === mimeType);
  if (!sameFormat) throw new UnreadableError("unsupported", "wrong_format");
  return bytes;
}
