import type { OTLPHttpJsonTraceExporter, SpanProcessorOrName } from "@vercel/otel";
import { type ReadableSpan, scrub } from "./scrub.ts";

type SpanProcessor = Exclude<SpanProcessorOrName, "auto">;
type Exporter = Pick<OTLPHttpJsonTraceExporter, "export">;

/** Spans kept before they are sent unasked. */
const BATCH_SIZE = 256;

/** Longest wait for the collector; what it did not take by then is given up. */
const EXPORT_TIMEOUT_MS = 3_000;

/** Collects finished spans, scrubbed, and sends them when told to: `flush` resolves once all are out or given up. */
export interface FlushableProcessor extends SpanProcessor {
  flush(): Promise<void>;
}

/** Sends to `exporter`. Never throws: losing telemetry must not cost an answer. */
export function createProcessor(exporter: Exporter): FlushableProcessor {
  let finished: ReadableSpan[] = [];
  const sending = new Set<Promise<void>>();

  const send = (): void => {
    if (finished.length === 0) return;
    const batch = finished;
    finished = [];
    const sent = exportWithin(exporter, batch, EXPORT_TIMEOUT_MS).finally(() => sending.delete(sent));
    sending.add(sent);
  };
  // Spans of this caller may be on their way in somebody else's batch, so wait for every batch.
  const flush = async (): Promise<void> => {
    send();
    await Promise.all(sending);
  };
  return {
    onStart: () => {},
    onEnd(span) {
      const sampled = span.spanContext().traceFlags & 1;
      if (sampled) finished.push(scrub(span));
      if (finished.length >= BATCH_SIZE) send();
    },
    flush,
    forceFlush: flush,
    shutdown: flush,
  };
}

function exportWithin(exporter: Exporter, batch: ReadableSpan[], timeoutMs: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, timeoutMs);
    const settle = (): void => {
      clearTimeout(timer);
      resolve();
    };
    try {
      exporter.export(batch, settle);
    } catch {
      settle();
    }
  });
}
