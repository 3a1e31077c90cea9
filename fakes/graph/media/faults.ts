import { setTimeout as sleep } from "node:timers/promises";
import type { Fault, FaultRule } from "../../faults/faults.ts";

/** A request about a file, as it came, whatever became of it. */
export interface MediaRequest {
  /** `facts`: a request of the id; `file`: of the link. */
  kind: "facts" | "file" | "upload" | "delete";
  /** Null for an upload, and for a link that leads nowhere. */
  mediaId: string | null;
  /** Null when the request names none. */
  phoneNumberId: string | null;
  headers: Record<string, string>;
  atMs: number;
}

/**
 * Failure of one request about a file: a general fault (an expired link is status 404, a redirect 302 with `location`);
 * false facts (another host in `url`, a wrong `sha256`, a smaller `file_size`); a file that comes in pieces with pauses,
 * or that is longer than announced (`Infinity`: endless).
 */
export type MediaFault =
  | Fault
  | { facts: Record<string, unknown> }
  | { slow: { chunkBytes: number; pauseMs: number } }
  | { extraBytes: number };

/** Chooses the fault of each request about a file. */
export type MediaFaultRule = FaultRule<MediaRequest, MediaFault>;

const CHUNK_BYTES = 64 * 1024;

/** The file as a stream, slow or too long as the fault wants it; aborting `stopping` ends its pauses. */
export function fileStream(
  bytes: Uint8Array,
  fault: MediaFault | null,
  stopping: AbortSignal,
): ReadableStream<Uint8Array> {
  const slow = fault && "slow" in fault ? fault.slow : { chunkBytes: CHUNK_BYTES, pauseMs: 0 };
  const totalBytes = bytes.length + (fault && "extraBytes" in fault ? fault.extraBytes : 0);
  let at = 0;
  return new ReadableStream({
    async pull(controller) {
      if (at > 0 && slow.pauseMs > 0)
        await sleep(slow.pauseMs, undefined, { signal: stopping, ref: false }).catch(() => undefined);
      const end = Math.min(at + slow.chunkBytes, totalBytes);
      if (stopping.aborted || end === at) return controller.close();
      const chunk = new Uint8Array(end - at);
      chunk.set(bytes.subarray(at, end));
      controller.enqueue(chunk);
      at = end;
    },
  });
}
