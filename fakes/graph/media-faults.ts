import { setTimeout as sleep } from "node:timers/promises";
import type { Fault } from "./faults.ts";

/** A request about a file, as it came, whatever became of it. */
export interface MediaRequest {
  /** `facts`: the id is asked for; `file`: the link is followed. */
  kind: "facts" | "file" | "upload" | "delete";
  /** Null for an upload, and for a link that leads nowhere. */
  mediaId: string | null;
  /** Null when the request names none. */
  phoneNumberId: string | null;
  headers: Record<string, string>;
  atMs: number;
}

/**
 * What goes wrong with one request: as with a message (an expired link is status 404, a redirect 302 with `location`);
 * or facts that are not true (another host in `url`, a wrong `sha256`, a smaller `file_size`); or a file that comes in
 * pieces with pauses, or is longer than announced (`Infinity`: without end).
 */
export type MediaFault =
  | Fault
  | { facts: Record<string, unknown> }
  | { slow: { chunkBytes: number; pauseMs: number } }
  | { extraBytes: number };

/** Decides on each request; `n` counts from 1 since the rule was set. Null: nothing goes wrong. */
export type MediaFaultRule = (request: MediaRequest, n: number) => MediaFault | null;

const CHUNK_BYTES = 64 * 1024;

/** The file as a stream, slow or too long as the fault says; `stopping` ends its pauses. */
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
