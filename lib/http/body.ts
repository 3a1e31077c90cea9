/** Observes a body while it is read: `onChunk` runs before each chunk is buffered, `signal` ends the reading. */
export interface BodyWatch {
  signal: AbortSignal;
  onChunk(bytes: number): void;
}

/** What is read of a request or response. */
type Message = Pick<Request, "headers" | "body"> & Partial<Pick<Request, "arrayBuffer">>;

/** A body that declares no more is read at once, without a stream, which costs more than such a body; one that never ends holds no more. */
const SHORT_BYTES = 16 * 1024;

/**
 * Raw bytes of a request or response; null when over `maxBytes`, checked while reading, so that no more is ever buffered.
 * Rejects when the sender breaks off, and with the signal's reason when the watch's signal aborts.
 */
export async function readBody(
  message: Message,
  maxBytes: number,
  watch?: BodyWatch,
): Promise<Uint8Array | null> {
  const short = shortLength(message.headers, maxBytes);
  if (short !== null && message.arrayBuffer) {
    // What is declared counts before it has come.
    watch?.onChunk(short);
    watch?.signal.throwIfAborted();
    const reading = message.arrayBuffer();
    const bytes = new Uint8Array(watch ? await unlessAborted(reading, watch.signal) : await reading);
    return bytes.byteLength > maxBytes ? null : bytes;
  }
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

/** The declared length of a body that is short; null when it is not known to be. */
function shortLength(headers: Headers, maxBytes: number): number | null {
  const declared = headers.get("content-length") ?? "";
  if (!/^\d{1,5}$/.test(declared) || headers.has("content-encoding")) return null;
  return Number(declared) <= Math.min(SHORT_BYTES, maxBytes) ? Number(declared) : null;
}

function unlessAborted<T>(reading: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    signal.addEventListener("abort", stop);
    reading.then(resolve, reject).finally(() => signal.removeEventListener("abort", stop));
  });
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
