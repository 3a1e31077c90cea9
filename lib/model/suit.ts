/** Requests that suit a model, by what is known about it. */
import { type LanguageModelMiddleware, wrapLanguageModel } from "ai";
import type { ModelFacts } from "../config/models.ts";
import { markedPrefix } from "./prefix.ts";

/** A model of the provider package. */
export type ChatModel = Parameters<typeof wrapLanguageModel>[0]["model"];

type Transform = NonNullable<LanguageModelMiddleware["transformParams"]>;
type Params = Parameters<Transform>[0]["params"];

/** Room for thoughts, which count against the limit of an answer: without it the answer would be empty. */
export const THINKING_TOKENS = 1_000;

/** The model, asked only for what it takes. Callers say what they wish. */
export function suited(model: ChatModel, facts: ModelFacts): ChatModel {
  return wrapLanguageModel({
    model,
    middleware: { specificationVersion: "v3", transformParams: async ({ params }) => suit(params, facts) },
  });
}

/** Most tokens that an answer of `limit` tokens can cost. */
export const answerTokens = (limit: number, facts: ModelFacts): number =>
  facts.thinks && facts.efforts[0] !== "none" ? limit + THINKING_TOKENS : limit;

function suit(params: Params, facts: ModelFacts): Params {
  const { temperature, maxOutputTokens: limit, tools, toolChoice, ...rest } = params;
  const [effort] = facts.efforts;
  const most = limit === undefined ? undefined : answerTokens(limit, facts);
  const completion = facts.tokenLimit === "max_completion_tokens";
  const seen = facts.vision ? rest.prompt : withoutPictures(rest.prompt);
  const marked = facts.cacheMarks ? markedPrefix(seen) : null;
  return {
    ...rest,
    ...(facts.temperature && temperature !== undefined && { temperature }),
    ...(most !== undefined && !completion && { maxOutputTokens: most }),
    ...(facts.tools && tools && { tools, ...(toolChoice && { toolChoice }) }),
    prompt: marked?.prompt ?? seen,
    providerOptions: {
      ...rest.providerOptions,
      openai: {
        ...(effort && { reasoningEffort: effort }),
        ...marked?.options,
        // Said by the caller, or left out because the service refused it.
        ...rest.providerOptions?.openai,
        ...(most !== undefined && completion && { maxCompletionTokens: most }),
        // The package would tell by the id, which another service may have given to anything.
        ...(!completion && { forceReasoning: false }),
      },
    },
  };
}

/** The words beside a picture say that there is one. */
function withoutPictures(prompt: Params["prompt"]): Params["prompt"] {
  return prompt.map((message) =>
    message.role === "user"
      ? { ...message, content: message.content.filter((part) => part.type !== "file") }
      : message,
  );
}
