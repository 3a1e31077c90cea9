import type { Figures } from "../insight/exports/families.ts";
import type { Health } from "../jobs/health.ts";
import type { Log } from "../telemetry/log.ts";
import { composeChecks, composeDue } from "./alerts.ts";
import { composeBase } from "./base.ts";
import { composeReading } from "./exports/reading.ts";
import type { Platform } from "./platform.ts";
import { composeDatabase } from "./stores.ts";

/** Dependencies of the health endpoint; `cronSecret` unlocks the details. */
export function composeHealth(platform: Platform): {
  health: () => Promise<Health>;
  cronSecret: string | null;
  log: Log;
} {
  const base = composeBase(platform);
  const health = composeChecks(base, composeDatabase(base));
  return { health, cronSecret: base.env.CRON_SECRET ?? null, log: base.log };
}

/** Dependencies of the endpoint that Prometheus scrapes. */
export interface MetricsDeps {
  log: Log;
  /** Null: there is no such endpoint. */
  token: string | null;
  figures(): Promise<Figures>;
  /** Counts what is due; where no scheduler does it, a scrape is a good moment. Never throws. */
  runDue(): Promise<void>;
  waitUntil(promise: Promise<unknown>): void;
}

/** Composes the endpoint that Prometheus scrapes. */
export function composeMetrics(platform: Platform): MetricsDeps {
  const base = composeBase(platform);
  const database = composeDatabase(base);
  return {
    log: base.log,
    token: base.env.METRICS_TOKEN ?? null,
    figures: composeReading(database),
    runDue: composeDue(base, database),
    waitUntil: platform.waitUntil,
  };
}
