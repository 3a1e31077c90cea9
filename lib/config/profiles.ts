/** Which models answer what: by profile, unless a variable names the model. */
import type { ModelProfile, Tier } from "../types/company.ts";
import type { Env } from "./env.ts";

/** Profiles, the best and dearest first. */
export const MODEL_PROFILES = ["quality", "balanced", "economy"] as const satisfies readonly ModelProfile[];

/** Ids of models by role; those that reply by the intent's tier. */
interface ProfileModels {
  intent: string;
  replies: Readonly<Record<Tier, string>>;
  fallback: string;
}

const PROFILES: Readonly<Record<ModelProfile, ProfileModels>> = {
  quality: {
    intent: "gpt-4o-mini",
    replies: { simple: "gpt-4o", standard: "gpt-4o", hard: "gpt-4o" },
    fallback: "gpt-4o-mini",
  },
  balanced: {
    intent: "gpt-6-luna",
    replies: { simple: "gpt-6-luna", standard: "gpt-6-luna", hard: "gpt-6.1-terra" },
    fallback: "gpt-6-luna",
  },
  economy: {
    intent: "gpt-6-luna",
    replies: { simple: "gpt-6-luna", standard: "gpt-6-luna", hard: "gpt-6-luna" },
    fallback: "gpt-6-luna",
  },
};

/** The models of a deployment, and what chose those that reply. */
export interface ChosenModels extends ProfileModels {
  chosenBy: ModelProfile | "REPLY_MODEL";
}

type Chosen = Pick<Env, "INTENT_MODEL" | "REPLY_MODEL" | "FALLBACK_MODEL" | "MODEL_PROFILE">;

/** The models of a profile, each of which its variable replaces; `REPLY_MODEL` those of all tiers. */
export function chosenModels(env: Chosen, profile: ModelProfile = env.MODEL_PROFILE): ChosenModels {
  const { intent, replies, fallback } = PROFILES[profile];
  const reply = env.REPLY_MODEL;
  return {
    intent: env.INTENT_MODEL ?? intent,
    replies: reply === undefined ? replies : { simple: reply, standard: reply, hard: reply },
    fallback: env.FALLBACK_MODEL ?? fallback,
    chosenBy: reply === undefined ? profile : "REPLY_MODEL",
  };
}

/** A model, and the variable to set for another. */
export interface ConfiguredModel {
  model: string;
  variable: "INTENT_MODEL" | "REPLY_MODEL" | "FALLBACK_MODEL" | "TRANSCRIPTION_MODEL";
}

/** Every model that a deployment asks. */
export function configuredModels(env: Chosen & Pick<Env, "TRANSCRIPTION_MODEL">): ConfiguredModel[] {
  const { intent, replies, fallback } = chosenModels(env);
  return [
    { model: intent, variable: "INTENT_MODEL" },
    ...[...new Set(Object.values(replies))].map((model) => ({ model, variable: "REPLY_MODEL" }) as const),
    { model: fallback, variable: "FALLBACK_MODEL" },
    { model: env.TRANSCRIPTION_MODEL, variable: "TRANSCRIPTION_MODEL" },
  ];
}
