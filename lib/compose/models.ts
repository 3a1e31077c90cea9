import { createOpenAI } from "@ai-sdk/openai";
import type { TurnDeps } from "../turn/state/context.ts";
import { type Base, platformFetch } from "./base.ts";

/** Models by role. Chat completions, because every OpenAI-compatible server supports them. */
export function composeModels({ env, platform }: Base): TurnDeps["models"] {
  const openai = createOpenAI({
    apiKey: env.OPENAI_API_KEY,
    baseURL: env.OPENAI_BASE_URL,
    ...platformFetch(platform),
  });
  const named = (id: string) => ({ id, model: openai.chat(id) });
  return {
    intent: named(env.INTENT_MODEL),
    reply: named(env.REPLY_MODEL),
    fallback: named(env.FALLBACK_MODEL),
  };
}
