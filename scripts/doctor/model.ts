import { createOpenAI } from "@ai-sdk/openai";
import { APICallError, generateText } from "ai";
import type { Env } from "../../lib/config/env.ts";
import { failed, type Outcome, ok } from "./finding.ts";

/** Asks one configured model for a word, in the same way as the bot. */
export async function checkModel(env: Env, model: string, signal: AbortSignal): Promise<Outcome> {
  const openai = createOpenAI({ apiKey: env.OPENAI_API_KEY, baseURL: env.OPENAI_BASE_URL });
  const startMs = performance.now();
  try {
    await generateText({
      model: openai.chat(model),
      prompt: "Answer with the word ok.",
      maxOutputTokens: 16,
      maxRetries: 0,
      abortSignal: signal,
    });
    return ok(`answered in ${Math.round(performance.now() - startMs)} ms`);
  } catch (error) {
    if (APICallError.isInstance(error) && error.statusCode) return explain(error.statusCode, model);
    throw error;
  }
}

function explain(status: number, model: string): Outcome {
  if (status === 401 || status === 403)
    return failed(`the service refuses the key (HTTP ${status})`, "check OPENAI_API_KEY and OPENAI_BASE_URL");
  if (status === 404)
    return failed(`the service has no model ${model}`, "set INTENT_MODEL, REPLY_MODEL, FALLBACK_MODEL");
  if (status === 429)
    return failed("no quota left, or too many requests (HTTP 429)", "check the account's billing and limits");
  return failed(`the service answers HTTP ${status}`, "check OPENAI_BASE_URL and the service's status page");
}
