import { createTotalsReader } from "../../../db/totals.ts";
import { TOOL_NAMES } from "../../../tools/registry.ts";
import type { Family } from "../../insight/exports/families.ts";
import { exportedMetrics } from "../../insight/exports/list.ts";
import { createReading } from "../../insight/exports/reading.ts";
import type { Log } from "../../telemetry/log.ts";
import { composeBase } from "../base.ts";
import type { Platform } from "../platform.ts";
import { composeDue } from "../schedule.ts";
import { composeDatabase } from "../stores.ts";

/** Dependencies of the endpoint that Prometheus scrapes. */
export interface MetricsDeps {
  log: Log;
  /** Null: there is no such endpoint. */
  token: string | null;
  families(): Promise<Family[]>;
  /** Counts what is due; where no scheduler does it, a scrape is a good moment. Never throws. */
  runDue(): Promise<void>;
  waitUntil(promise: Promise<unknown>): void;
}

/** Composes the endpoint that Prometheus scrapes. */
export function composeMetrics(platform: Platform): MetricsDeps {
  const base = composeBase(platform);
  const database = composeDatabase(base);
  const reader = createTotalsReader(database);
  return {
    log: base.log,
    token: base.env.METRICS_TOKEN ?? null,
    families: createReading(reader, exportedMetrics(TOOL_NAMES), { alone: database.shared !== true }),
    runDue: composeDue(base, database),
    waitUntil: platform.waitUntil,
  };
}
