import { readBody } from "../../http/body.ts";
import { UnreadableError } from "./unreadable.ts";

/** Bytes that own their whole buffer. */
export type Bytes = Uint8Array<ArrayBuffer>;

/**
 * Bytes of a file announced with `fileBytes` (null: unknown), at most `maxBytes`. Buffered only once when the announcement
 * is right: three large files must fit an edge function's 128 MB. Throws UnreadableError when there are more than
 * `maxBytes`, or none.
 */
export async function contentOf(
  answer: Response,
  fileBytes: number | null,
  maxBytes: number,
): Promise<Bytes> {
  const bytes =
    fileBytes === null ? await anyOf(answer, maxBytes) : await announced(answer, fileBytes, maxBytes);
  if (bytes.byteLength === 0) throw new UnreadableError("failed", "empty");
  return bytes;
}

async function anyOf(answer: Response, maxBytes: number): Promise<Bytes> {
  const bytes = await readBody(answer, maxBytes);
  if (bytes === null) throw new UnreadableError("too_large");
  return new Uint8Array(bytes);
}

async function announced({ body }: Response, size: number, maxBytes: number): Promise<Bytes> {
  let bytes = new Uint8Array(size);
  const reader = body?.getReader();
  let filled = 0;
  for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) {
    const end = filled + next.value.byteLength;
    if (end > maxBytes) {
      // Not awaited: a slow sender must not delay the refusal.
      reader?.cancel().catch(() => {});
      throw new UnreadableError("too_large");
    }
    if (end > bytes.byteLength) bytes = grown(bytes, Math.min(maxBytes, 2 * end));
    bytes.set(next.value, filled);
    filled = end;
  }
  return filled === bytes.byteLength ? bytes : bytes.slice(0, filled);
}

function grown(bytes: Bytes, size: number): Bytes {
  const larger = new Uint8Array(size);
  larger.set(bytes);
  return larger;
}
