/** Signals of speech models that tell whether there was speech at all. */
import type { OpenAIProvider } from "@ai-sdk/openai";
import { APICallError } from "ai";

type SpeechModel = ReturnType<OpenAIProvider["transcription"]>;

/**
 * Options by the name of the model, of those that take them: Whisper names in `verbose_json` how likely each segment holds
 * no speech, gpt-4o-transcribe and its kind how sure they are of each token.
 */
const SIGNALS: readonly { name: RegExp; options: Record<string, string[]> }[] = [
  { name: /^whisper-1$/, options: { timestampGranularities: ["segment"] } },
  { name: /^gpt-4o(?:-mini)?-transcribe(?:-\d{4}-\d{2}-\d{2})?$/, options: { include: ["logprobs"] } },
];

/** Gives a model that asks for its signals, until the service refuses them: then it never asks again. */
export function createSignals(): (model: SpeechModel) => SpeechModel {
  const refused = new Set<string>();
  return (model) => {
    const { specificationVersion, provider, modelId } = model;
    const openai = SIGNALS.find(({ name }) => name.test(modelId))?.options;
    if (!openai || refused.has(modelId)) return model;
    return {
      ...{ specificationVersion, provider, modelId },
      async doGenerate(options) {
        try {
          return await model.doGenerate({ ...options, providerOptions: { openai } });
        } catch (error) {
          if (!isRefusal(error)) throw error;
          // A recording that cannot be read is refused either way, and teaches nothing.
          const answer = await model.doGenerate(options);
          refused.add(modelId);
          return answer;
        }
      },
    };
  };
}

const isRefusal = (error: unknown): boolean =>
  APICallError.isInstance(error) && [400, 415, 422].includes(error.statusCode ?? 0);
