/** What OpenAI's models refuse, with the bodies of its errors. */
import { z } from "zod";

/** A refused request, as OpenAI puts it. */
export interface Refusal {
  status: 400 | 404;
  error: { message: string; type: "invalid_request_error"; param: string | null; code: string | null };
}

const bodySchema = z.object({
  model: z.string(),
  max_tokens: z.unknown().optional(),
  temperature: z.unknown().optional(),
  reasoning_effort: z.unknown().optional(),
  prompt_cache_options: z.unknown().optional(),
  tools: z.array(z.unknown()).optional(),
  response_format: z.looseObject({ type: z.string() }).optional(),
});
type Body = z.output<typeof bodySchema>;

/** One parameter that a family refuses: null when the request is fine. */
type Rule = (body: Body) => Refusal["error"] | null;

const refuse = (param: string | null, code: string | null, message: string): Refusal["error"] => ({
  message,
  type: "invalid_request_error",
  param,
  code,
});
const quoted = (values: readonly string[]) => {
  const all = values.map((value) => `'${value}'`);
  return `${all.slice(0, -1).join(", ")}, and ${all.at(-1)}`;
};

const noMaxTokens: Rule = ({ max_tokens }) =>
  max_tokens === undefined
    ? null
    : refuse(
        "max_tokens",
        "unsupported_parameter",
        "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
      );

const onlyDefaultTemperature: Rule = ({ temperature }) =>
  temperature === undefined || temperature === 1
    ? null
    : refuse(
        "temperature",
        "unsupported_value",
        `Unsupported value: 'temperature' does not support ${temperature} with this model. Only the default (1) value is supported.`,
      );

const noEffort: Rule = ({ reasoning_effort: effort }) =>
  effort === undefined
    ? null
    : refuse(null, null, "Unrecognized request argument supplied: reasoning_effort");

const noCacheMarks: Rule = ({ model, prompt_cache_options: options }) =>
  options === undefined
    ? null
    : refuse(
        "prompt_cache_options",
        "unsupported_parameter",
        `Unsupported parameter: 'prompt_cache_options' is not supported with '${model}'.`,
      );

const efforts =
  (...allowed: string[]): Rule =>
  ({ model, reasoning_effort: effort }) =>
    effort === undefined || (typeof effort === "string" && allowed.includes(effort))
      ? null
      : refuse(
          "reasoning_effort",
          "unsupported_value",
          `Unsupported value: '${effort}' is not supported with the '${model}' model. Supported values are: ${quoted(allowed)}.`,
        );

const toolsOnlyWithoutEffort: Rule = ({ model, tools, reasoning_effort: effort }) =>
  !tools?.length || effort === "none"
    ? null
    : refuse(
        "reasoning_effort",
        null,
        `Function tools with reasoning_effort are not supported for ${model} in /v1/chat/completions. To use function tools, use /v1/responses or set reasoning_effort to 'none'.`,
      );

const SPEECH_ONLY: Rule = () =>
  refuse(
    null,
    null,
    "This is not a chat model and thus not supported in the v1/chat/completions endpoint. Did you mean to use v1/completions?",
  );

/** Families by the ids of their models, and all that each refuses. */
const FAMILIES: readonly { ids: RegExp; refuses: readonly Rule[] }[] = [
  { ids: /transcribe|^whisper-/, refuses: [SPEECH_ONLY] },
  { ids: /^gpt-4/, refuses: [noEffort, noCacheMarks] },
  {
    ids: /^gpt-5(-mini|-nano)?$/,
    refuses: [noMaxTokens, onlyDefaultTemperature, noCacheMarks, efforts("minimal", "low", "medium", "high")],
  },
  {
    ids: /^gpt-(6-luna|6\.1-terra|6-sol)$/,
    refuses: [
      noMaxTokens,
      onlyDefaultTemperature,
      efforts("none", "low", "medium", "high", "xhigh", "max"),
      toolsOnlyWithoutEffort,
    ],
  },
  {
    ids: /^gpt-(6\.1-sol|6-astra)$/,
    refuses: [
      noMaxTokens,
      onlyDefaultTemperature,
      efforts("low", "medium", "high", "xhigh", "max"),
      toolsOnlyWithoutEffort,
    ],
  },
];

/** What the model's family refuses in a request; null when it takes all of it, or the model is of no family. */
export function refusalOf(body: unknown): Refusal | null {
  const { data } = bodySchema.safeParse(body);
  const family = data && FAMILIES.find(({ ids }) => ids.test(data.model));
  for (const rule of family?.refuses ?? []) {
    const error = rule(data as Body);
    if (error) return { status: 400, error };
  }
  return null;
}

/** The answer about a model that the service does not have. */
export const notFound = (model: string): Refusal => ({
  status: 404,
  error: refuse(
    null,
    "model_not_found",
    `The model \`${model}\` does not exist or you do not have access to it.`,
  ),
});
