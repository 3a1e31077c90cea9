import { createHealth, type Health } from "../jobs/health.ts";
import type { Log } from "../telemetry/log.ts";
import { composeBase } from "./base.ts";
import { composeModelWatch } from "./model-watch.ts";
import type { Platform } from "./platform.ts";
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
