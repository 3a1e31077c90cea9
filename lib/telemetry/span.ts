import { type Attributes, type Span, SpanStatusCode, trace } from "@opentelemetry/api";
import { errorCode } from "./error-code.ts";

/** The instrumentation scope of our own spans. */
const TRACER_NAME = "chasqui";

/** Runs `fn` inside a span; a failure is recorded by its code and rethrown. */
export function span<T>(name: string, attributes: Attributes, fn: (span: Span) => Promise<T>): Promise<T> {
  return trace.getTracer(TRACER_NAME).startActiveSpan(name, { attributes }, async (active) => {
    try {
      return await fn(active);
    } catch (error) {
      recordFailure(active, error);
      throw error;
    } finally {
      active.end();
    }
  });
}

/** Marks a span as failed by its code; messages may hold customers' words. */
function recordFailure(failed: Span, error: unknown): void {
  const code = errorCode(error);
  failed.setAttribute("error.type", code);
  failed.setStatus({ code: SpanStatusCode.ERROR, message: code });
}

/** Id of the active trace, 32 hexadecimal digits; null outside of one. */
export function currentTraceId(): string | null {
  const traceId = trace.getActiveSpan()?.spanContext().traceId;
  return traceId && /[^0]/.test(traceId) ? traceId : null;
}
