import type { Figures } from "../insight/exports/families.ts";
import { createHealth, type Health } from "../jobs/health.ts";
import type { Log } from "../telemetry/log.ts";
import { composeBase } from "./base.ts";
import { composeReading } from "./exports/reading.ts";
import { composeModelWatch } from "./model-watch.ts";
import type { Platform } from "./platform.ts";
import { composeDue } from "./schedule.ts";
import { composeCache, composeDatabase } from "./stores.ts";

/** Dependencies of the health endpoint; `cronSecret` unlocks the details. */
export function composeHealth(platform: Platform): {
  health: () => Promise<Health>;
  cronSecret: string | null;
  log: Log;
} {
  const base = composeBase(platform);
  const { env, numbers, clock, log } = base;
  const services = {
    model: { url: `${env.OPENAI_BASE_URL}/models`, bearer: env.OPENAI_API_KEY },
    whatsapp: numbers.ids.map((id) => ({
      url: `${env.WHATSAPP_API_BASE_URL}/${env.WHATSAPP_API_VERSION}/${id}?fields=id`,
      bearer: numbers.accessToken(id) ?? "",
    })),
  };
  const database = composeDatabase(base);
  const watch = composeModelWatch(base, database);
  const health = createHealth({
    clock,
    cache: composeCache(base),
    database,
    services,
    comingEnds: watch.comingEnds,
  });
  return {
    health: () => {
      const answer = health();
      // Behind the answer, which has asked the service.
      platform.waitUntil(answer.finally(watch.alert));
      return answer;
    },
    cronSecret: env.CRON_SECRET ?? null,
    log,
  };
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
