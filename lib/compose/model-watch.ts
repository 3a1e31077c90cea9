import type { Database } from "../../db/client.ts";
import { createFactsOf } from "../config/models.ts";
import { createModelWatch, type ModelWatch } from "../jobs/model-watch.ts";
import { statedDates } from "../model/ends.ts";
import { type Base, platformFetch } from "./base.ts";
import { composeAlerts, MODEL_VARIABLES } from "./model-alerts.ts";
import { composeNotifier } from "./notifier.ts";

/** Watch over the lives of the configured models. */
export function composeModelWatch(base: Base, database: Database): ModelWatch {
  const { env, clock, platform } = base;
  const notifier = composeNotifier(base);
  const service = { baseUrl: env.OPENAI_BASE_URL, apiKey: env.OPENAI_API_KEY, ...platformFetch(platform) };
  return createModelWatch({
    ...composeAlerts(base, database, notifier),
    clock,
    models: MODEL_VARIABLES.map((variable) => env[variable]),
    factsOf: createFactsOf(env.MODELS),
    overrides: env.MODELS,
    statedDates: () => statedDates(service),
  });
}
