import { type Attributes, context } from "@opentelemetry/api";
import { errorCode } from "./error-code.ts";
import { reportError } from "./sentry.ts";
import { flushTelemetry } from "./setup.ts";
import { span } from "./span.ts";

/** Takes work to be done after the response; it starts once the response is ready. */
export type Later = (work: () => Promise<unknown>) => void;

/**
 * Answers one request inside a root span. Work given to `later` runs under one span of the same trace, inside one
 * `waitUntil` promise that ends with a flush and never rejects.
 */
export async function traceRequest(
  name: string,
  attributes: Attributes,
  waitUntil: (promise: Promise<unknown>) => void,
  handle: (later: Later) => Promise<Response>,
): Promise<Response> {
  const works: (() => Promise<unknown>)[] = [];
  let inside = context.active();
  try {
    return await span(name, attributes, async (root) => {
      inside = context.active();
      const response = await handle((work) => works.push(work));
      root.setAttribute("http.response.status_code", response.status);
      return response;
    });
  } finally {
    // Only now: `@vercel/otel` cuts short every span that is open when the first span of its trace ends.
    waitUntil(context.with(inside, () => runLater(works)).finally(flushTelemetry));
  }
}

/** One span over all of it, for the same reason: works beside each other would cut each other short. */
async function runLater(works: readonly (() => Promise<unknown>)[]): Promise<void> {
  if (works.length === 0) return;
  await span("background", { "chasqui.works": works.length }, () =>
    Promise.all(
      works.map((work) =>
        // What is done after the response handles its own failures: what comes this far is a bug, and nobody awaits it.
        span("work", {}, work).catch(failed),
      ),
    ),
  );
}

function failed(error: unknown): void {
  // As for requests: it may be the composed log that failed.
  console.error(JSON.stringify({ level: "error", event: "background.failed", code: errorCode(error) }));
  reportError("background.failed", {}, error);
}
