import type { FlushableProcessor } from "./processor.ts";
import { completeRequestContext } from "./request-context.ts";

/** Settings of the trace exporter. */
export interface TelemetrySettings {
  /** Base address of an OTLP/HTTP collector (`/v1/traces` is added); null: nothing is traced. */
  endpoint: string | null;
  serviceName: string;
  /** Headers of each export, as `name=value,name=value` (the form of `OTEL_EXPORTER_OTLP_HEADERS`). */
  headers?: string | null;
}

let processor: FlushableProcessor | null = null;
let starting: Promise<void> | null = null;

/**
 * Starts tracing once per process; later calls change nothing. Without an endpoint there are no spans and no trace ids,
 * because they cost CPU time (docs/performance.md), and the exporter is not even evaluated, which is a fifth of a cold start.
 */
export async function startTelemetry({ endpoint, serviceName, headers }: TelemetrySettings): Promise<void> {
  if (endpoint === null) return;
  completeRequestContext();
  starting ??= import("./exporting.ts").then(({ register }) => {
    processor = register(endpoint, serviceName, headers ?? "");
  });
  await starting;
}

/** Resolves once a tracer that was asked for is there; null when none was. */
export const tracerReady = (): Promise<void> | null => starting;

/** Resolves once every finished span is sent or dropped, 3 s at most. Await it inside `waitUntil`. */
export async function flushTelemetry(): Promise<void> {
  await processor?.flush();
}
