import { readBody } from "../../http/body.ts";
import { UnreadableError } from "./unreadable.ts";

/** Bytes that own their whole buffer. */
export type Bytes = Uint8Array<ArrayBuffer>;

/**
 * Bytes of a file announced with `fileBytes` (null: unknown), at most `maxBytes`. Buffered only once: three large files
 * must fit an edge function's 128 MB. Throws UnreadableError when there are more bytes, fewer or none.
 */
export async function contentOf(
  answer: Response,
  fileBytes: number | null,
  maxBytes: number,
): Promise<Bytes> {
  const bytes = fileBytes === null ? await anyOf(answer, maxBytes) : await exactly(answer, fileBytes);
  if (bytes.byteLength === 0) throw new UnreadableError("failed", "empty");
  return bytes;
}

async function anyOf(answer: Response, maxBytes: number): Promise<Bytes> {
  const bytes = await readBody(answer, maxBytes);
  if (bytes === null) throw new UnreadableError("too_large");
  return new Uint8Array(bytes);
}

async function exactly({ body }: Response, size: number): Promise<Bytes> {
  const bytes = new Uint8Array(size);
  const reader = body?.getReader();
  let filled = 0;
  for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) {
    filled += next.value.byteLength;
    if (filled > size) break;
    bytes.set(next.value, filled - next.value.byteLength);
  }
  if (filled === size) return bytes;
  // Not awaited: a slow sender must not delay the refusal.
  reader?.cancel().catch(() => {});
  throw new UnreadableError("failed", "other_size");
}
