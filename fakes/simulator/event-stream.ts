import type { Handler } from "hono";
import { streamSSE } from "hono/streaming";
import { INPUTS, read } from "./inputs.ts";
import type { Live } from "./live.ts";

/** Proxies close a stream that is silent for long. */
const HEARTBEAT_MS = 15_000;

/** `GET /_local/events?phone=`: Server-Sent Events of one conversation until the page goes away. */
export function eventStream(live: Live): Handler {
  return async (context) => {
    const input = await read(context, INPUTS.phone);
    if (input instanceof Response) return input;
    return streamSSE(context, async (stream) => {
      const stop = live.subscribe(input.phone, ({ name, data }) => {
        stream.writeSSE({ event: name, data: JSON.stringify(data) }).catch(() => undefined);
      });
      const heartbeat = setInterval(
        () => stream.write(": still here\n\n").catch(() => undefined),
        HEARTBEAT_MS,
      );
      await new Promise<void>((resolve) => stream.onAbort(resolve));
      clearInterval(heartbeat);
      stop();
    });
  };
}
