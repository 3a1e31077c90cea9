import { type Attributes, context } from "@opentelemetry/api";
import { errorCode } from "./error-code.ts";
import type { Log } from "./log.ts";
import { flushTelemetry, tracerReady } from "./setup.ts";
import { span } from "./span.ts";

/** Schedules work for after the response; it starts once the response is ready. */
export type Schedule = (work: () => Promise<unknown>) => void;

/** A request to trace. */
export interface TracedRequest {
  name: string;
  attributes?: Attributes;
  /** Keeps the process alive until the promise ends. */
  waitUntil(promise: Promise<unknown>): void;
  log: Log;
}

/**
 * Answers one request inside a root span. Scheduled work runs under one span of the same trace, inside one
 * `waitUntil` promise that ends with a flush and never rejects.
 */
export async function traceRequest(
  { name, attributes = {}, waitUntil, log }: TracedRequest,
  handle: (schedule: Schedule) => Promise<Response>,
): Promise<Response> {
  const ready = tracerReady();
  if (ready) await ready;
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
    // Only now, because `@vercel/otel` ends every open span when the first span of its trace ends.
    waitUntil(context.with(inside, () => runScheduled(works, log)).finally(flushTelemetry));
  }
}

/** Runs all work under one span, for the same reason: spans in parallel would end each other. */
async function runScheduled(works: readonly (() => Promise<unknown>)[], log: Log): Promise<void> {
  if (works.length === 0) return;
  await span("background", { "chasqui.works": works.length }, () =>
    Promise.all(
      works.map((work) =>
        // Work handles its own failures; one that gets here is a bug, and no caller awaits it.
        span("work", {}, work).catch((error) =>
          log.error("background.failed", { code: errorCode(error) }, error),
        ),
      ),
    ),
  );
}
