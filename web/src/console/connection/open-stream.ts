import type { Surroundings } from "./surroundings.ts";

/** A stream without a byte for this long is dead; the server sends one every 15 s. */
const SILENCE_MS = 40_000;
/** A reconnection is shown only when it takes longer. */
const UNSEEN_MS = 3_000;

export interface OpenStream {
  around: Surroundings;
  signal: AbortSignal;
  lastId: string | null;
  read(piece: string): void;
  onOpen(): void;
  /** The connection has not opened for a while. */
  onLate(): void;
}

/** Reads one stream until it ends, breaks, falls silent or `signal` aborts. Never throws. */
export async function openStream(
  url: string,
  options: OpenStream,
): Promise<"ended" | "failed" | "signed_out" | "refused"> {
  const { around, signal, lastId, read } = options;
  const own = new AbortController();
  const abort = () => own.abort();
  signal.addEventListener("abort", abort);
  if (signal.aborted) abort();
  const watch = createWatch(around, abort);
  const opened = new AbortController();
  void around.sleep(UNSEEN_MS, opened.signal).then(() => !opened.signal.aborted && options.onLate());
  try {
    watch.alive();
    const headers = { accept: "text/event-stream", ...(lastId === null ? {} : { "last-event-id": lastId }) };
    const response = await around.fetch(url, { headers, cache: "no-store", signal: own.signal });
    opened.abort();
    if (response.status === 401) return "signed_out";
    if (response.status === 403 || response.status === 404) return "refused";
    if (!response.ok || response.body === null) return "failed";
    options.onOpen();
    await readAll(response.body, (piece) => {
      watch.alive();
      read(piece);
    });
    return "ended";
  } catch {
    return "failed";
  } finally {
    opened.abort();
    watch.stop();
    own.abort();
    signal.removeEventListener("abort", abort);
  }
}

async function readAll(body: ReadableStream<Uint8Array>, onPiece: (piece: string) => void): Promise<void> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    onPiece(decoder.decode(value, { stream: true }));
  }
}

/** Calls `onSilence` when `alive` was not called for too long. */
function createWatch(around: Surroundings, onSilence: () => void) {
  let timer = new AbortController();
  return {
    alive() {
      timer.abort();
      timer = new AbortController();
      const { signal } = timer;
      void around.sleep(SILENCE_MS, signal).then(() => !signal.aborted && onSilence());
    },
    stop: () => timer.abort(),
  };
}
