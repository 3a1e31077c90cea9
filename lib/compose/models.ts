import { createOpenAI } from "@ai-sdk/openai";
import { createFactsOf, type FactsOf } from "../config/models.ts";
import { chosenModels } from "../config/profiles.ts";
import { type Dialect, dialectOf, omittedBy } from "../model/dialect.ts";
import { type Hedge, hedgeOf } from "../model/hedge.ts";
import { lastingChat, lastingSpeech } from "../model/lasting.ts";
import { createSignals } from "../model/signals.ts";
import { createSuccession, type Succeeded, type Succession } from "../model/succession.ts";
import { type ChatModel, suited } from "../model/suit.ts";
import type { NamedModel, RoleModels, TurnDeps } from "../turn/state/context.ts";
import type { ModelProfile } from "../types/company.ts";
import { type Base, platformFetch } from "./base.ts";

/** The models of a deployment, by role. */
export interface Models {
  factsOf: FactsOf;
  chat: TurnDeps["models"];
  /** Any model of the same service. */
  named(id: string): NamedModel;
  speech: ReturnType<typeof lastingSpeech>;
}

/**
 * Models by role; `onSucceeded` hears of each end that is noticed. Chat completions, because every OpenAI-compatible server
 * supports them.
 */
export function composeModels(
  { env, platform, clock, log }: Pick<Base, "env" | "platform" | "clock" | "log">,
  onSucceeded: (end: Succeeded) => void,
): Models {
  const factsOf = createFactsOf(env.MODELS);
  const succession = createSuccession({ factsOf, clock, onSucceeded });
  const service = { apiKey: env.OPENAI_API_KEY, baseURL: env.OPENAI_BASE_URL };
  const openai = createOpenAI({ ...service, ...platformFetch(platform) });
  // Not the platform's fetch: that one is for short texts, not for sound.
  const listener = createOpenAI(service);
  const withSignals = createSignals();
  const dialectFor = (model: string): Dialect =>
    dialectOf(env.OPENAI_BASE_URL, model, {
      omit: omittedBy(factsOf(model)),
      now: clock.now,
      onLesson: (omits) => log.warn("model.adapted", { model, omits }),
    });
  const hedge = env.MODEL_HEDGE === "on" ? hedgeOf(env.OPENAI_BASE_URL) : undefined;
  const named = namedBy({ succession, dialectFor, hedge }, (id) => suited(openai.chat(id), factsOf(id)));
  const roleModels = (profile: ModelProfile): RoleModels => {
    const { intent, replies, fallback, chosenBy } = chosenModels(env, profile);
    const { simple, standard, hard } = replies;
    return {
      intent: named(intent),
      reply: named(standard),
      tiers: { simple: named(simple), hard: named(hard) },
      fallback: named(fallback),
      chosenBy,
    };
  };
  return {
    factsOf,
    named,
    chat: { ...roleModels(env.MODEL_PROFILE), of: roleModels },
    speech: lastingSpeech(
      env.TRANSCRIPTION_MODEL,
      (id) => withSignals(listener.transcription(id)),
      succession,
    ),
  };
}

interface Ways {
  succession: Succession;
  dialectFor: (id: string) => Dialect;
  hedge: Hedge | undefined;
}

const namedBy =
  ({ succession, dialectFor, hedge }: Ways, modelOf: (id: string) => ChatModel) =>
  (id: string): NamedModel => ({
    hedge,
    get id() {
      return succession.current(id);
    },
    get dialect() {
      return dialectFor(succession.current(id));
    },
    model: lastingChat(id, modelOf, succession),
  });
