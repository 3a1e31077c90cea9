/** Models that outlive their ids: when one ends, its successor answers the same request. */
import type { OpenAIProvider } from "@ai-sdk/openai";
import { wrapLanguageModel } from "ai";
import type { Succession } from "./succession.ts";
import type { ChatModel } from "./suit.ts";

type Part = Awaited<ReturnType<ChatModel["doStream"]>>["stream"] extends ReadableStream<infer P> ? P : never;
type SpeechModel = ReturnType<OpenAIProvider["transcription"]>;

/** The model of this id while it lives, then its successor; the response names the one that answered. */
export function lastingChat(
  id: string,
  modelOf: (id: string) => ChatModel,
  succession: Succession,
): ChatModel {
  return wrapLanguageModel({
    model: modelOf(id),
    middleware: {
      specificationVersion: "v3",
      wrapGenerate: async ({ params }) => {
        const { id: answered, answer } = await succession.ask(id, (one) => modelOf(one).doGenerate(params));
        return { ...answer, response: { ...answer.response, modelId: answered } };
      },
      wrapStream: async ({ params }) => {
        const { id: answered, answer } = await succession.ask(id, (one) => modelOf(one).doStream(params));
        const named = new TransformStream<Part, Part>({
          transform: (part, controller) =>
            controller.enqueue(part.type === "response-metadata" ? { ...part, modelId: answered } : part),
        });
        return { ...answer, stream: answer.stream.pipeThrough(named) };
      },
    },
  });
}

/** The same for a transcription model. */
export function lastingSpeech(
  id: string,
  modelOf: (id: string) => SpeechModel,
  succession: Succession,
): SpeechModel {
  const { specificationVersion, provider } = modelOf(id);
  return {
    specificationVersion,
    provider,
    modelId: id,
    doGenerate: async (options) => {
      const { id: answered, answer } = await succession.ask(id, (one) => modelOf(one).doGenerate(options));
      return { ...answer, response: { ...answer.response, modelId: answered } };
    },
  };
}
