import { createErrorReporter, withErrorReports } from "../adapters/sentry.ts";
import type { Env } from "../config/env.ts";
import { createNumbers, type Numbers } from "../config/numbers.ts";
import { createLog, type Log } from "../telemetry/log.ts";
import { startTelemetry } from "../telemetry/setup.ts";
import type { SteadyClock } from "../types/clock.ts";
import { systemClock } from "./clock.ts";
import type { Platform } from "./platform.ts";

/** Common part of every composition. */
export interface Base {
  platform: Platform;
  env: Env;
  clock: SteadyClock;
  log: Log;
  numbers: Numbers;
}

/** Reads the environment, starts tracing and creates the log. Throws ConfigurationError. */
export function composeBase(platform: Platform): Base {
  const env = platform.env();
  const clock = platform.clock ?? systemClock;
  startTelemetry({
    endpoint: env.OTEL_EXPORTER_OTLP_ENDPOINT ?? null,
    serviceName: env.OTEL_SERVICE_NAME,
    headers: env.OTEL_EXPORTER_OTLP_HEADERS ?? null,
    // Requests wait for it, and fail with it.
  }).catch(() => undefined);
  const log = createLog(env.LOG_LEVEL);
  const { SENTRY_DSN: dsn } = env;
  const { waitUntil } = platform;
  return {
    platform,
    env,
    clock,
    log: dsn ? withErrorReports(log, createErrorReporter({ dsn, clock, waitUntil })) : log,
    numbers: createNumbers(env),
  };
}

/** The platform's `fetch` as an option for clients, when it has one. */
export const platformFetch = ({ fetch }: Platform): Pick<Platform, "fetch"> => (fetch ? { fetch } : {});
