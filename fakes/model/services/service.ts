import type { Feature } from "../../../lib/config/features.ts";

/** A refusal on the wire. */
export interface ServiceRefusal {
  status: number;
  body: object | string;
}

/** A service: the features that it refuses, the first one found first, in its own words. */
export interface Service {
  refuses: readonly Feature[];
  words: (feature: Feature, model: string) => ServiceRefusal;
}

type Body = Readonly<Record<string, unknown>>;

/** The refusal of a request; null when the service takes it. */
export function refusalBy({ refuses, words }: Service, body: unknown): ServiceRefusal | null {
  if (typeof body !== "object" || body === null) return null;
  const request = body as Body;
  const refused = refuses.find((feature) => IN_REQUEST[feature](request));
  return refused ? words(refused, String(request.model)) : null;
}

const formatOf = ({ response_format: format }: Body): { type?: string; json_schema?: { strict?: boolean } } =>
  (format ?? {}) as object;
const messagesOf = ({ messages }: Body) => messages as { role: string; content?: unknown }[];
const hasRole = (role: string) => (body: Body) => messagesOf(body).some((message) => message.role === role);

const IN_REQUEST: Readonly<Record<Feature, (body: Body) => boolean>> = {
  max_tokens: ({ max_tokens }) => max_tokens !== undefined,
  max_completion_tokens: ({ max_completion_tokens }) => max_completion_tokens !== undefined,
  temperature: ({ temperature }) => temperature !== undefined,
  reasoning_effort: ({ reasoning_effort }) => reasoning_effort !== undefined,
  thinking: ({ reasoning_effort }) => reasoning_effort !== "none",
  json_schema: (body) => formatOf(body).type === "json_schema",
  strict: (body) => formatOf(body).json_schema?.strict === true,
  json_object: (body) => formatOf(body).type === "json_object",
  tools: ({ tools }) => tools !== undefined,
  forced_tool: ({ tool_choice }) => typeof tool_choice === "object" && tool_choice !== null,
  tool_choice: ({ tool_choice }) => typeof tool_choice === "string",
  vision: (body) => JSON.stringify(messagesOf(body)).includes('"image_url"'),
  system: hasRole("system"),
  developer: hasRole("developer"),
  cache_mark: ({ prompt_cache_options }) => prompt_cache_options !== undefined,
  repeated_role: (body) =>
    messagesOf(body)
      .filter(({ role }) => role !== "system")
      .some(({ role }, at, all) =>
        at === 0 ? role === "assistant" : role === all[at - 1]?.role && role !== "tool",
      ),
};
