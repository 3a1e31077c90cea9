import type { OTLPHttpJsonTraceExporter, SpanProcessorOrName } from "@vercel/otel";
import { type ReadableSpan, scrub } from "./scrub.ts";

type SpanProcessor = Exclude<SpanProcessorOrName, "auto">;
type Exporter = Pick<OTLPHttpJsonTraceExporter, "export">;

/** Finished spans that trigger an export. */
const BATCH_SIZE = 256;

/** Time limit of an export; spans not accepted by then are dropped. */
const EXPORT_TIMEOUT_MS = 3_000;

/** Collects scrubbed spans; `flush` exports them and resolves once all are sent or dropped. */
export interface FlushableProcessor extends SpanProcessor {
  flush(): Promise<void>;
}

/** Exports through `exporter`. Never throws: lost telemetry must not cost a reply. */
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
  // This caller's spans may be in another caller's batch, so wait for every batch.
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
