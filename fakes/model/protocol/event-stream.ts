import { setTimeout as sleep } from "node:timers/promises";
import type { HttpBindings } from "@hono/node-server";
import type { Answer } from "./request.ts";
import { errorBody } from "./wire.ts";

/** Events one after the other, each in a chunk of its own; cut, slow or with an error where the answer wants it. */
export function eventStream(
  events: readonly string[],
  answer: Answer,
  outgoing: HttpBindings["outgoing"],
): ReadableStream<Uint8Array> {
  const { cutAfter, errorAfter, pauseMs = 0, hold } = ("stream" in answer ? answer.stream : null) ?? {};
  const encoder = new TextEncoder();
  let sent = 0;
  return new ReadableStream({
    async pull(controller) {
      if (pauseMs > 0) await sleep(pauseMs);
      if (sent === cutAfter) {
        outgoing.destroy();
        return controller.close();
      }
      if (sent === errorAfter) {
        const error = errorBody(500, "The server had an error while processing your request.", null);
        controller.enqueue(encoder.encode(`data: ${JSON.stringify(error)}\n\n`));
        return controller.close();
      }
      const event = events[sent++];
      if (event === undefined) controller.close();
      else {
        await hold?.(event);
        controller.enqueue(encoder.encode(event));
      }
    },
  });
}
