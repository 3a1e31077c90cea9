import type { Attributes, AttributeValue } from "@opentelemetry/api";
import type { SpanProcessorOrName } from "@vercel/otel";
import { redact, redactNumber } from "./redact.ts";

/** A finished span, as passed to processors and exporters. */
export type ReadableSpan = Parameters<Exclude<SpanProcessorOrName, "auto">["onEnd"]>[0];

/** The only attributes that leave the process; any other may hold customers' words. */
const ALLOWED = [
  /^chasqui\./,
  /^messaging\./,
  /^error\.type$/,
  /^(operation|resource)\.name$/,
  /^http\.(route|request\.method|response\.status_code)$/,
  /^gen_ai\.(system|provider\.name|operation\.name|conversation\.id|output\.type)$/,
  /^gen_ai\.(request|usage)\.[a-z_.]+$/,
  /^gen_ai\.response\.(id|model|finish_reasons)$/,
  /^gen_ai\.tool\.(name|type|call\.id)$/,
  /^ai\.(operationId|model\.(id|provider)|telemetry\.functionId)$/,
  /^ai\.(usage|settings)\.[A-Za-z]+$/,
  /^ai\.response\.(finishReason|id|model|timestamp)$/,
  /^ai\.toolCall\.(name|id)$/,
  /^vercel\.(request_id|matched_path|edge_region)$/,
];

/** Copy of a span without texts, phone numbers or secrets; all exported spans pass through it. */
export function scrub(span: ReadableSpan): ReadableSpan {
  const { status } = span;
  const isCode = status.message !== undefined && /^[a-z][a-z0-9_]{0,47}$/.test(status.message);
  return {
    name: redact(span.name),
    kind: span.kind,
    spanContext: () => span.spanContext(),
    ...(span.parentSpanContext && { parentSpanContext: span.parentSpanContext }),
    startTime: span.startTime,
    endTime: span.endTime,
    duration: span.duration,
    ended: span.ended,
    status: isCode ? status : { code: status.code },
    attributes: scrubAttributes(span.attributes),
    links: span.links.map(({ context }) => ({ context })),
    // Libraries record exceptions with messages and stacks; only the type is kept.
    events: span.events.map(({ name, time, attributes }) => ({
      name: redact(name),
      time,
      attributes: name === "exception" ? exceptionType(attributes) : scrubAttributes(attributes),
    })),
    resource: span.resource,
    instrumentationScope: span.instrumentationScope,
    droppedAttributesCount: span.droppedAttributesCount,
    droppedEventsCount: span.droppedEventsCount,
    droppedLinksCount: span.droppedLinksCount,
  };
}

function exceptionType(attributes: Attributes = {}): Attributes {
  const type = attributes["exception.type"];
  return typeof type === "string" && /^\w{1,60}$/.test(type) ? { "exception.type": type } : {};
}

function scrubAttributes(attributes: Attributes = {}): Attributes {
  const kept = Object.entries(attributes).filter(([key]) => ALLOWED.some((pattern) => pattern.test(key)));
  return Object.fromEntries(kept.map(([key, value]) => [key, scrubValue(value)]));
}

function scrubValue(value: AttributeValue | undefined): AttributeValue | undefined {
  if (typeof value === "string") return redact(value);
  if (typeof value === "number") return redactNumber(value);
  if (Array.isArray(value)) return value.map((item) => redact(String(item)));
  return value;
}
