import type { Database } from "../../db/client.ts";
import { firstAlert } from "../../db/single-alerts.ts";
import type { Env } from "../config/env.ts";
import type { AlertDeps } from "../model/alerts.ts";
import type { Notifier } from "../types/notifier.ts";
import type { Base } from "./base.ts";

/** Variables that name a model. */
export const MODEL_VARIABLES = [
  "INTENT_MODEL",
  "REPLY_MODEL",
  "FALLBACK_MODEL",
  "TRANSCRIPTION_MODEL",
] as const satisfies (keyof Env)[];

/** Dependencies of alerts about models. */
export function composeAlerts({ env, log }: Base, database: Database, notifier: Notifier): AlertDeps {
  return {
    notifier,
    log,
    firstAlert: (name) => firstAlert(database, env.WHATSAPP_PHONE_NUMBER_ID, name),
    variablesOf: (model) => MODEL_VARIABLES.filter((variable) => env[variable] === model),
  };
}
