import { createAlertStore } from "../../db/alerts.ts";
import type { Database } from "../../db/client.ts";
import { createGuessReader } from "../../db/guesses.ts";
import { createMetrics } from "../../db/metrics.ts";
import { createSearchIndex } from "../../db/search-index.ts";
import { createGraphCheck } from "../alerts/graph.ts";
import { type WatchDeps, watch } from "../alerts/watch.ts";
import { createAwayMarks } from "../cache/away-marks.ts";
import { createUpstashScripts } from "../cache/upstash.ts";
import { createDue } from "../jobs/due.ts";
import { createHealth, type Health } from "../jobs/health.ts";
import { indexMessages } from "../jobs/index-messages.ts";
import { rollUp } from "../jobs/rollup.ts";
import { type Base, composeBase, platformFetch } from "./base.ts";
import { composeRollUp } from "./exports/roll-up.ts";
import { composeModelWatch, variablesOf } from "./model-ends.ts";
import { composeNotifier } from "./notifier.ts";
import type { Platform } from "./platform.ts";
import { composeSchedule, type Scheduled } from "./schedule.ts";
import { composeCache, composeDatabase } from "./stores.ts";

/** The figures of now are worth so much time; the rest is counted by the next run. */
const ROLL_UP_MS = 3_000;
const MINUTE_MS = 60_000;

/** Dependencies of the cron that watches over everything. */
export function composeAlerts(platform: Platform): WatchDeps & Scheduled {
  const base = composeBase(platform);
  return { ...composeWatch(base, composeDatabase(base)), ...composeSchedule(base) };
}

/** What the watch needs. */
function composeWatch(base: Base, database: Database): WatchDeps {
  const { env, clock, log, numbers, platform } = base;
  const { KV_REST_API_URL: url, KV_REST_API_TOKEN: token } = env;
  const counting = composeRollUp(base, database);
  return {
    ...{ clock, log, phoneNumberIds: numbers.ids },
    store: createAlertStore(database),
    metrics: createMetrics(database),
    guesses: createGuessReader(database),
    marks: createAwayMarks({ scripts: platform.scripts ?? createUpstashScripts({ url, token }), log }),
    notifier: env.SLACK_WEBHOOK_URL || env.NOTIFY_WEBHOOK_URL ? composeNotifier(base) : null,
    health: composeChecks(base, database),
    rollUp: () => rollUp(counting, ROLL_UP_MS),
    graph: createGraphCheck({
      ...{ baseUrl: env.WHATSAPP_API_BASE_URL, version: env.WHATSAPP_API_VERSION, ids: numbers.ids },
      ...{ accessToken: numbers.accessToken, businessAccountId: numbers.businessAccountId },
      ...platformFetch(platform),
    }),
    variablesOf: variablesOf(env),
    limits: { day: env.BUDGET_USD, month: env.BUDGET_MONTH_USD ?? null },
  };
}

/** Checks of every dependency. */
export function composeChecks(base: Base, database: Database): () => Promise<Health> {
  const { env, numbers, clock } = base;
  const services = {
    model: { url: `${env.OPENAI_BASE_URL}/models`, bearer: env.OPENAI_API_KEY },
    whatsapp: numbers.ids.map((id) => ({
      url: `${env.WHATSAPP_API_BASE_URL}/${env.WHATSAPP_API_VERSION}/${id}?fields=id`,
      bearer: numbers.accessToken(id) ?? "",
    })),
  };
  const { comingEnds } = composeModelWatch(base);
  return createHealth({ clock, cache: composeCache(base), database, services, comingEnds });
}

/** What webhooks do behind their responses where crons come once a day; nothing where a scheduler calls often. */
export function composeDue(base: Base, database: Database): () => Promise<void> {
  const { platform, clock } = base;
  if (platform.hasScheduler) return async () => {};
  const deps = { ...composeRollUp(base, database), searchIndex: createSearchIndex(database) };
  const alerts = composeWatch(base, database);
  const jobs = [
    { everyMs: MINUTE_MS / 6, run: () => indexMessages(deps, ROLL_UP_MS) },
    { everyMs: MINUTE_MS, run: () => rollUp(deps, ROLL_UP_MS) },
    { everyMs: MINUTE_MS, run: () => watch(alerts) },
  ];
  return createDue(jobs, clock);
}
