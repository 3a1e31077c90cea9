import { createOpenAI } from "@ai-sdk/openai";
import { firstAlert } from "../../db/alerts.ts";
import type { Database } from "../../db/client.ts";
import type { Env } from "../config/env.ts";
import { createFactsOf, type FactsOf } from "../config/models.ts";
import { type AlertDeps, createEndAlert } from "../model/alerts.ts";
import { type Dialect, dialectOf, omittedBy } from "../model/dialect.ts";
import { lastingChat, lastingSpeech } from "../model/lasting.ts";
import { createSuccession, type Succession } from "../model/succession.ts";
import { type ChatModel, suited } from "../model/suit.ts";
import type { NamedModel, TurnDeps } from "../turn/state/context.ts";
import type { Notifier } from "../types/notifier.ts";
import { type Base, platformFetch } from "./base.ts";

/** The models of a deployment, by role. */
export interface Models {
  factsOf: FactsOf;
  chat: TurnDeps["models"];
  speech: ReturnType<typeof lastingSpeech>;
}

/** Models by role. Chat completions, because every OpenAI-compatible server supports them. */
export function composeModels(base: Base, database: Database, notifier: Notifier): Models {
  const { env, platform, clock, log } = base;
  const factsOf = createFactsOf(env.MODELS);
  const alert = createEndAlert(composeAlerts(base, database, notifier));
  const succession = createSuccession({
    factsOf,
    clock,
    onSucceeded: (end) => platform.waitUntil(alert(end)),
  });
  const service = { apiKey: env.OPENAI_API_KEY, baseURL: env.OPENAI_BASE_URL };
  const openai = createOpenAI({ ...service, ...platformFetch(platform) });
  // Not the platform's fetch: that one is for short texts, not for sound.
  const listener = createOpenAI(service);
  const dialectFor = (model: string): Dialect =>
    dialectOf(env.OPENAI_BASE_URL, model, {
      omit: omittedBy(factsOf(model)),
      now: clock.now,
      onLesson: (omits) => log.warn("model.adapted", { model, omits }),
    });
  const named = namedBy(succession, dialectFor, (id) => suited(openai.chat(id), factsOf(id)));
  return {
    factsOf,
    chat: {
      intent: named(env.INTENT_MODEL),
      reply: named(env.REPLY_MODEL),
      fallback: named(env.FALLBACK_MODEL),
    },
    speech: lastingSpeech(env.TRANSCRIPTION_MODEL, (id) => listener.transcription(id), succession),
  };
}

const namedBy =
  (succession: Succession, dialectFor: (id: string) => Dialect, modelOf: (id: string) => ChatModel) =>
  (id: string): NamedModel => ({
    get id() {
      return succession.current(id);
    },
    get dialect() {
      return dialectFor(succession.current(id));
    },
    model: lastingChat(id, modelOf, succession),
  });

/** Dependencies of alerts about models. */
export function composeAlerts(base: Base, database: Database, notifier: Notifier): AlertDeps {
  const { env, log } = base;
  return {
    notifier,
    log,
    firstAlert: (name) => firstAlert(database, env.WHATSAPP_PHONE_NUMBER_ID, name),
    variablesOf: (model) => MODEL_VARIABLES.filter((variable) => env[variable] === model),
  };
}

/** Variables that name a model. */
export const MODEL_VARIABLES = [
  "INTENT_MODEL",
  "REPLY_MODEL",
  "FALLBACK_MODEL",
  "TRANSCRIPTION_MODEL",
] as const satisfies (keyof Env)[];
