import { errorCode } from "../../telemetry/error-code.ts";
import type { Log } from "../../telemetry/log.ts";
import type { FileStore, MediaFiles, Medium } from "../../types/media.ts";
import type { Bytes } from "../file/content.ts";
import { fetchMedium, type MediaSource } from "../file/fetch.ts";
import { formatOf } from "../file/formats.ts";
import { ruleOf } from "../file/kinds.ts";
import { UnreadableError } from "../file/unreadable.ts";

/** Keeps a file, if its company wants that, beside everything else: returns at once and never throws. Null bytes: fetched anew. */
export type Keep = (medium: Medium, mimeType: string, bytes: Bytes | null) => void;

/** Where files are kept, and what waits for them. */
export interface KeeperDeps {
  files: MediaFiles;
  store: FileStore;
  source: MediaSource;
  waitUntil(promise: Promise<unknown>): void;
  log: Log;
}

/** For one file, with its wait for others. */
const LIMIT_MS = 10_000;
/** Of files that are held for this alone: beside those being read they have to fit an edge function's 128 MB. */
const MAX_HELD_BYTES = 16 * 1024 * 1024;

/** Keeps files in a store: recorded first, so that the purge finds what a crash leaves. What fails is logged, and not kept. */
export function createKeeper(deps: KeeperDeps): Keep {
  let heldBytes = 0;
  let line: Promise<unknown> = Promise.resolve();

  const holding = async (medium: Medium, mimeType: string, bytes: Bytes, signal: AbortSignal) => {
    heldBytes += bytes.byteLength;
    await keep(medium, mimeType, async () => bytes, deps, signal);
    heldBytes -= bytes.byteLength;
  };
  /** One at a time. */
  const inLine = (medium: Medium, mimeType: string, signal: AbortSignal) => {
    const load = () => fetchAgain(medium, mimeType, deps.source, signal);
    line = line.then(() => keep(medium, mimeType, load, deps, signal));
    return line;
  };
  return (medium, mimeType, bytes) => {
    const signal = AbortSignal.timeout(LIMIT_MS);
    const fits = bytes !== null && heldBytes + bytes.byteLength <= MAX_HELD_BYTES;
    deps.waitUntil(fits ? holding(medium, mimeType, bytes, signal) : inLine(medium, mimeType, signal));
  };
}

async function keep(
  medium: Medium,
  mimeType: string,
  load: () => Promise<Bytes>,
  { files, store, log }: KeeperDeps,
  signal: AbortSignal,
): Promise<void> {
  try {
    signal.throwIfAborted();
    const path = await files.record(medium, mimeType, `media/${crypto.randomUUID()}`);
    if (path === null) return;
    const bytes = await load();
    await store.put(path, { bytes, mimeType }, signal);
    await files.confirm(path, bytes.byteLength);
  } catch (error) {
    log.warn("media.not_kept", { type: medium.type, code: errorCode(error) });
  }
}

async function fetchAgain(
  medium: Medium,
  mimeType: string,
  source: MediaSource,
  signal: AbortSignal,
): Promise<Bytes> {
  const rule = ruleOf(medium.type);
  const { bytes } = await fetchMedium(medium, source, { maxBytes: rule?.maxBytes ?? 0, signal });
  const isWhatItWas = mimeType === "text/plain" || (rule && formatOf(bytes, rule.kind) === mimeType);
  if (!isWhatItWas) throw new UnreadableError("unsupported", "not_what_it_says");
  return bytes;
}
