import type { StartTrial, TrialEnd } from "../../types/console/playground.ts";
import { type Chunk, createParts } from "./parts.ts";

/** https://ai-sdk.dev/docs/ai-sdk-ui/stream-protocol */
const HEADERS = {
  "content-type": "text/event-stream; charset=utf-8",
  "cache-control": "no-store",
  "x-vercel-ai-ui-message-stream": "v1",
  // Proxies that collect responses would take the streaming away.
  "x-accel-buffering": "no",
};

/** The answer as it is written. It is aborted when its reader goes. */
export const streamedAnswer = (start: StartTrial, requestSignal: AbortSignal): Response =>
  new Response(streamed(start, requestSignal), { headers: HEADERS });

function streamed(start: StartTrial, requestSignal: AbortSignal): ReadableStream<Uint8Array> {
  const gone = new AbortController();
  const encoder = new TextEncoder();
  return new ReadableStream({
    async start(controller) {
      const write = (line: string) => {
        if (!gone.signal.aborted) controller.enqueue(encoder.encode(`data: ${line}\n\n`));
      };
      const send = (chunk: Chunk) => write(JSON.stringify(chunk));
      if (requestSignal.aborted) gone.abort();
      requestSignal.addEventListener("abort", () => gone.abort(), { once: true });
      const parts = createParts(send);
      send({ type: "start" });
      const end = await start({ onEvent: parts.take, signal: gone.signal }).catch(
        (): TrialEnd => ({ kind: "failed", code: "unknown", costUsd: null }),
      );
      parts.end(end);
      write("[DONE]");
      if (!gone.signal.aborted) controller.close();
    },
    cancel: () => gone.abort(),
  });
}
