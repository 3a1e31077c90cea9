import { OTLPHttpJsonTraceExporter, registerOTel } from "@vercel/otel";
import { otlpHeaders, otlpUrl } from "./otlp.ts";
import { createProcessor, type FlushableProcessor } from "./processor.ts";
import { completeRequestContext } from "./request-context.ts";

/** Settings of the trace exporter. */
export interface TelemetrySettings {
  /** Base address of an OTLP/HTTP collector (`/v1/traces` is added); null: nothing is traced. */
  endpoint: string | null;
  serviceName: string;
  /** Headers of each export, as `name=value,name=value` (the form of `OTEL_EXPORTER_OTLP_HEADERS`). */
  headers?: string | null;
}

let started = false;
let processor: FlushableProcessor | null = null;

/**
 * Starts tracing once per process; later calls change nothing. Without an endpoint there are no spans and no trace ids,
 * because they cost CPU time (docs/performance.md).
 */
export function startTelemetry({ endpoint, serviceName, headers }: TelemetrySettings): void {
  if (endpoint === null) return;
  completeRequestContext();
  if (started) return;
  started = true;
  processor = createProcessor(createExporter(endpoint, headers ?? ""));
  registerOTel({
    serviceName,
    // Explicit, because the default posts unscrubbed spans to localhost:4318.
    spanProcessors: [processor],
    // A span per fetch would carry phone number ids and tokens in its URL; our stages measure the same.
    instrumentations: [],
  });
}

/** Resolves once every finished span is sent or dropped, 3 s at most. Await it inside `waitUntil`. */
export async function flushTelemetry(): Promise<void> {
  await processor?.flush();
}

function createExporter(endpoint: string, headers: string): OTLPHttpJsonTraceExporter {
  return new OTLPHttpJsonTraceExporter({
    url: otlpUrl(endpoint, "traces"),
    headers: otlpHeaders(headers),
  });
}
