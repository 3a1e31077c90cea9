import type { Database } from "../../db/client.ts";
import { firstAlert } from "../../db/single-alerts.ts";
import type { Env } from "../config/env.ts";
import { createFactsOf } from "../config/models.ts";
import { configuredModels } from "../config/profiles.ts";
import { createModelWatch, type ModelWatch } from "../jobs/model-watch.ts";
import type { AlertDeps } from "../model/alerts.ts";
import { statedDates } from "../model/ends.ts";
import type { Notifier } from "../types/notifier.ts";
import { type Base, platformFetch } from "./base.ts";

/** Dependencies of alerts about models. */
export function composeEndAlerts({ env, log }: Base, database: Database, notifier: Notifier): AlertDeps {
  return {
    notifier,
    log,
    firstAlert: (name) => firstAlert(database, env.WHATSAPP_PHONE_NUMBER_ID, name),
    variablesOf: variablesOf(env),
  };
}

/** The variables that decide a model. */
export const variablesOf =
  (env: Env) =>
  (model: string): readonly string[] =>
    configuredModels(env).flatMap((each) => (each.model === model ? each.variable : []));

/** Watch over the lives of the configured models. */
export function composeModelWatch(base: Base): ModelWatch {
  const { env, clock, platform } = base;
  const service = { baseUrl: env.OPENAI_BASE_URL, apiKey: env.OPENAI_API_KEY, ...platformFetch(platform) };
  return createModelWatch({
    clock,
    models: configuredModels(env).map(({ model }) => model),
    factsOf: createFactsOf(env.MODELS),
    overrides: env.MODELS,
    statedDates: () => statedDates(service),
  });
}
