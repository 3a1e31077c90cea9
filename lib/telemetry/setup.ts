import { OTLPHttpJsonTraceExporter, registerOTel } from "@vercel/otel";
import { createProcessor, type FlushableProcessor } from "./processor.ts";
import { completeRequestContext } from "./request-context.ts";

/** Where spans go. */
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
 * Starts tracing, once per process; later calls change nothing. Without an endpoint there are neither spans nor trace
 * ids: nobody would get them, and they cost CPU time (docs/performance.md).
 */
export function startTelemetry({ endpoint, serviceName, headers }: TelemetrySettings): void {
  if (endpoint === null) return;
  completeRequestContext();
  if (started) return;
  started = true;
  processor = createProcessor(createExporter(endpoint, headers ?? ""));
  registerOTel({
    serviceName,
    // Named explicitly, because the default posts unscrubbed spans to localhost:4318 when nothing is configured.
    spanProcessors: [processor],
    // A span per fetch would carry phone number ids and tokens in its address; our stages say the same.
    instrumentations: [],
  });
}

/** Resolves once every finished span is sent or given up, 3 s at most. To be awaited inside `waitUntil`. */
export async function flushTelemetry(): Promise<void> {
  await processor?.flush();
}

function createExporter(endpoint: string, headers: string): OTLPHttpJsonTraceExporter {
  return new OTLPHttpJsonTraceExporter({
    url: `${endpoint.replace(/\/+$/, "")}/v1/traces`,
    headers: parseHeaders(headers),
  });
}

function parseHeaders(list: string): Record<string, string> {
  const pairs = list.split(",").flatMap((pair) => {
    const at = pair.indexOf("=");
    return at > 0 ? [[pair.slice(0, at).trim(), decodeURIComponent(pair.slice(at + 1).trim())]] : [];
  });
  return Object.fromEntries(pairs);
}
