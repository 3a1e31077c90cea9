import { OTLPHttpJsonTraceExporter, registerOTel } from "@vercel/otel";
import { otlpHeaders, otlpUrl } from "./otlp.ts";
import { createProcessor, type FlushableProcessor } from "./processor.ts";

/** Registers a tracer whose spans go to an OTLP/HTTP collector. */
export function register(endpoint: string, serviceName: string, headers: string): FlushableProcessor {
  const exporter = new OTLPHttpJsonTraceExporter({
    url: otlpUrl(endpoint, "traces"),
    headers: otlpHeaders(headers),
  });
  const processor = createProcessor(exporter);
  registerOTel({
    serviceName,
    // Explicit, because the default posts unscrubbed spans to localhost:4318.
    spanProcessors: [processor],
    // A span per fetch would carry phone number ids and tokens in its URL; our stages measure the same.
    instrumentations: [],
  });
  return processor;
}
