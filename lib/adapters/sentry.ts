import { trace } from "@opentelemetry/api";
import { call } from "../http/call.ts";
import { errorCode } from "../telemetry/error-code.ts";
import type { Log, LogFields } from "../telemetry/log.ts";
import { redact, redactNumber } from "../telemetry/redact.ts";
import { framesOf } from "../telemetry/stack.ts";
import type { Clock } from "../types/clock.ts";

/** Settings of the error reporter. */
export interface SentrySettings {
  /** `https://key@host/project`. */
  dsn: string;
  clock: Clock;
  waitUntil(promise: Promise<unknown>): void;
  fetch?: typeof fetch;
}

const TIMEOUT_MS = 3_000;
/** Reports in flight. When the database is down every webhook fails, and more reports say nothing new. */
const MAX_IN_FLIGHT = 10;
const QUIET_AFTER_REFUSAL_MS = 60_000;

/** Reports one failure: event, redacted fields and a thrown error's code and frames, never its message. */
export type ErrorReporter = (event: string, fields: LogFields, thrown?: unknown) => void;

/** Wraps a log so that every `error` is also reported, whatever the log level. */
export function withErrorReports(log: Log, report: ErrorReporter): Log {
  return {
    ...log,
    error(event, fields = {}, thrown) {
      log.error(event, fields);
      try {
        report(event, fields, thrown);
      } catch {
        // Failing error tracking must not cost a customer the reply.
      }
    },
  };
}

/** Address and headers for a project's envelopes. Throws when the DSN is not a URL. */
export function sentryEndpoint(dsn: string): { url: string; headers: Record<string, string> } {
  const { protocol, host, pathname, username } = new URL(dsn);
  const project = pathname.lastIndexOf("/");
  return {
    url: `${protocol}//${host}${pathname.slice(0, project)}/api/${pathname.slice(project + 1)}/envelope/`,
    headers: {
      "content-type": "application/x-sentry-envelope",
      "x-sentry-auth": `Sentry sentry_version=7, sentry_client=chasqui/1, sentry_key=${username}`,
    },
  };
}

/** Reports to the DSN's project: at most ten in flight, and none for a minute after a refusal. */
export function createErrorReporter(settings: SentrySettings): ErrorReporter {
  const { clock } = settings;
  const { url, headers } = sentryEndpoint(settings.dsn);
  const request = {
    method: "POST",
    headers,
    timeoutMs: TIMEOUT_MS,
    maxBytes: 0,
    fetch: settings.fetch,
  } as const;
  let inFlight = 0;
  let quietUntilMs = 0;
  const post = async (body: string): Promise<void> => {
    inFlight += 1;
    try {
      await call(url, { ...request, body });
    } catch {
      quietUntilMs = clock.now() + QUIET_AFTER_REFUSAL_MS;
    } finally {
      inFlight -= 1;
    }
  };
  return (...problem) => {
    if (inFlight >= MAX_IN_FLIGHT || clock.now() < quietUntilMs) return;
    settings.waitUntil(post(envelope(clock.now(), ...problem)));
  };
}

/** Envelope in Sentry's format: https://develop.sentry.dev/sdk/data-model/envelopes/ */
function envelope(nowMs: number, event: string, fields: LogFields, error?: unknown): string {
  const id = crypto.randomUUID().replaceAll("-", "");
  const span = trace.getActiveSpan()?.spanContext();
  const code = error === undefined ? String(fields.code ?? "") : errorCode(error);
  const item = {
    event_id: id,
    timestamp: nowMs / 1_000,
    platform: "javascript",
    level: "error",
    logger: "chasqui",
    message: redact(`${event} ${code}`.trim()),
    fingerprint: [redact(event), redact(code)],
    extra: Object.fromEntries(Object.entries(fields).map(([key, value]) => [redact(key), clean(value)])),
    ...(span && { contexts: { trace: { trace_id: span.traceId, span_id: span.spanId } } }),
    ...(error !== undefined && {
      exception: { values: [{ type: code, value: redact(event), stacktrace: { frames: framesOf(error) } }] },
    }),
  };
  const header = { event_id: id, sent_at: new Date(nowMs).toISOString() };
  return [header, { type: "event" }, item].map((line) => JSON.stringify(line)).join("\n");
}

const clean = (value: LogFields[string]): string | number =>
  typeof value === "number" ? redactNumber(value) : redact(String(value));
