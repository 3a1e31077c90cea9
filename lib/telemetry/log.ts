import { trace } from "@opentelemetry/api";
import { redact, redactNumber } from "./redact.ts";

/** Fields of a log line; no objects, so that a whole message cannot be logged by accident. */
export type LogFields = Record<string, string | number | boolean | null | readonly string[]>;

/** Structured log; `event` is a name such as `turn.finished`. */
export interface Log {
  debug(event: string, fields?: LogFields): void;
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  /** `thrown` is never written to a line; error trackers take its code and stack. */
  error(event: string, fields?: LogFields, thrown?: unknown): void;
}

const LEVELS = ["debug", "info", "warn", "error"] as const;

/** Lowest level that is logged. */
export type LogLevel = (typeof LEVELS)[number];

/** Writes JSON lines with time, level, event, trace_id and span_id. Every value is redacted. Never throws. */
export function createLog(level: LogLevel, write: (line: string) => void = console.log): Log {
  const at = (own: LogLevel) => {
    if (LEVELS.indexOf(own) < LEVELS.indexOf(level)) return () => {};
    return (event: string, fields: LogFields = {}): void => {
      try {
        write(line(own, event, fields));
      } catch {
        // A failing log must not cost a customer the reply.
      }
    };
  };
  return { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
}

function line(level: LogLevel, event: string, fields: LogFields): string {
  const span = trace.getActiveSpan()?.spanContext();
  const redacted = Object.entries(fields).map(([key, value]) => [redact(key), redactValue(value)]);
  return JSON.stringify({
    time: new Date().toISOString(),
    level,
    event: redact(event),
    ...(span && { trace_id: span.traceId, span_id: span.spanId }),
    ...Object.fromEntries(redacted.filter(([key]) => !RESERVED.has(String(key)))),
  });
}

const RESERVED = new Set(["time", "level", "event", "trace_id", "span_id"]);

function redactValue(value: LogFields[string]): LogFields[string] {
  if (typeof value === "string") return redact(value);
  if (typeof value === "number") return redactNumber(value);
  if (Array.isArray(value)) return value.slice(0, 20).map((item) => redact(String(item)));
  return value;
}
