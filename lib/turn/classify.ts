import { generateObject, zodSchema } from "ai";
import { ownWords } from "../intents/own-words.ts";
import { classifierPrompt } from "../intents/prompts.ts";
import { intentSchema } from "../intents/schema.ts";
import type { IntentName } from "../intents/table.ts";
import { guessLanguage } from "../language.ts";
import type { Language } from "../ports.ts";
import type { Claim } from "../store-ports.ts";
import type { TurnDeps } from "./context.ts";
import type { Journal } from "./journal.ts";
import { pendingText, transcript } from "./transcript.ts";

/** Below this the classifier is guessing, and the general intent, which has every tool, serves better. */
const LOW_CONFIDENCE = 0.5;
const CONTEXT_MESSAGES = 3;
/** Made once: the AI SDK would turn the schema into JSON Schema at every call. */
const CLASSIFICATION = zodSchema(intentSchema);
/** The answer is one small object, some 30 tokens. */
const MAX_OUTPUT_TOKENS = 100;

/** What the customer wants and in which language. */
export interface Perceived {
  intent: IntentName;
  language: Language;
  /** False when no classifier answered and the general intent stands in. */
  classified: boolean;
}

/** Asks the small model; never throws: without an answer it is the general intent in the likeliest language. */
export async function classify(claim: Claim, deps: TurnDeps, journal: Journal): Promise<Perceived> {
  const { intent: small } = deps.models;
  try {
    const { object, usage } = await journal.stages.run("classify", () =>
      generateObject({
        model: small.model,
        schema: CLASSIFICATION,
        schemaName: "classification",
        system: classifierPrompt(claim.tenant.profile),
        messages: transcript(claim.history, claim.pending, CONTEXT_MESSAGES),
        temperature: 0.2,
        maxOutputTokens: MAX_OUTPUT_TOKENS,
        maxRetries: 0,
        abortSignal: AbortSignal.timeout(deps.limits.intentTimeoutMs),
        experimental_telemetry: {
          isEnabled: true,
          recordInputs: false,
          recordOutputs: false,
          functionId: "classify",
        },
      }),
    );
    journal.spent({
      model: small.id,
      inputTokens: usage.inputTokens ?? 0,
      outputTokens: usage.outputTokens ?? 0,
    });
    const intent = object.confidence < LOW_CONFIDENCE ? "general" : object.intent;
    const { confidence } = object;
    // From a picture or a tap nobody can tell a language; from who sent it one can.
    const language =
      ownWords(pendingText(claim.pending)).trim() === "" ? likelyLanguage(claim) : object.language;
    journal.note({ intent, confidence, language, decidedBy: "model", intentModel: small.id });
    return { intent, language, classified: true };
  } catch (error) {
    journal.failed("classify", error);
    const language = likelyLanguage(claim);
    journal.note({ intent: "general", language, decidedBy: "default", rung: "no_classification" });
    return { intent: "general", language, classified: false };
  }
}

/** The language to speak when no model says. */
export function likelyLanguage(claim: Pick<Claim, "pending" | "user" | "tenant">): Language {
  return guessLanguage(ownWords(pendingText(claim.pending)), {
    known: claim.user.language,
    phone: claim.user.phone,
    company: claim.tenant.profile.language,
  });
}
