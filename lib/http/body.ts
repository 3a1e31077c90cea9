/** Observes a body while it is read: `onChunk` runs before each chunk is buffered, `signal` ends the reading. */
export interface BodyWatch {
  signal: AbortSignal;
  onChunk(bytes: number): void;
}

/**
 * Raw bytes of a request or response; null when over `maxBytes`, checked while reading, so that no more is ever buffered.
 * Rejects when the sender breaks off, and with the signal's reason when the watch's signal aborts.
 */
export async function readBody(
  message: Pick<Request, "headers" | "body">,
  maxBytes: number,
  watch?: BodyWatch,
): Promise<Uint8Array | null> {
  const { body } = message;
  if (body === null) return new Uint8Array();
  if (declaresMoreThan(maxBytes, message.headers)) {
    abandon(body);
    return null;
  }
  const reader = body.getReader();
  const stop = (): void => abandon(reader);
  watch?.signal.addEventListener("abort", stop);
  try {
    return await readAll(reader, maxBytes, watch);
  } finally {
    watch?.signal.removeEventListener("abort", stop);
  }
}

/**
 * Text of a response; null when over `maxBytes`; empty and unread when `maxBytes` is 0. Rejects when the sender breaks
 * off.
 */
export async function readText(response: Response, maxBytes: number): Promise<string | null> {
  if (maxBytes === 0) {
    if (response.body) abandon(response.body);
    return "";
  }
  const { headers } = response;
  // A declared length bounds the body, and reading it at once is cheaper than a stream.
  const bytes = headers.has("content-encoding") ? null : headers.get("content-length");
  if (bytes !== null && Number(bytes) <= maxBytes) return response.text();
  const read = await readBody(response, maxBytes);
  return read && new TextDecoder().decode(read);
}

/** True when the declared length is over `maxBytes`. */
export function declaresMoreThan(maxBytes: number, headers: Headers): boolean {
  return Number(headers.get("content-length")) > maxBytes;
}

async function readAll(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  maxBytes: number,
  watch: BodyWatch | undefined,
): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    size += next.value.byteLength;
    if (size > maxBytes) {
      abandon(reader);
      return null;
    }
    watch?.onChunk(next.value.byteLength);
    watch?.signal.throwIfAborted();
    chunks.push(next.value);
  }
  // A cancelled reader reports the end of the body.
  watch?.signal.throwIfAborted();
  return join(chunks, size);
}

/** Not awaited, because a slow sender must not delay the refusal. */
function abandon(source: { cancel(): Promise<void> }): void {
  source.cancel().catch(() => {});
}

function join(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const [first] = chunks;
  if (first && chunks.length === 1) return first;
  const whole = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return whole;
}
