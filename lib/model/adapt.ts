import type { LanguageModelMiddleware } from "ai";
import type { Feature } from "../config/features.ts";
import { mark } from "../language/marks.ts";
import { withoutPrefix } from "./prefix.ts";
import { THINKING_TOKENS } from "./suit.ts";

/** One call of a model, as the AI SDK describes it. */
export type CallOptions = Parameters<NonNullable<LanguageModelMiddleware["wrapGenerate"]>>[0]["params"];
type Prompt = CallOptions["prompt"];
type Message = Prompt[number];
type OpenAiOptions = NonNullable<CallOptions["providerOptions"]>[string];
type Omitted = ReadonlySet<Feature>;

/** The same call without these features: said otherwise where there is another way, else left out. */
export function adapt(call: CallOptions, omitted: Omitted): CallOptions {
  if (omitted.size === 0) return call;
  return [settings, answerFormat, tools, messages].reduce((adapted, step) => step(adapted, omitted), call);
}

/** The features of a call that could be refused. */
export function featuresOf(call: CallOptions): Set<Feature> {
  const { prompt, temperature, maxOutputTokens, responseFormat, toolChoice } = call;
  const openai: Record<string, unknown> = call.providerOptions?.openai ?? {};
  const withSchema = responseFormat?.type === "json" && responseFormat.schema !== undefined;
  const has: Record<Feature, boolean> = {
    temperature: temperature !== undefined,
    // The provider says one or the other, by the model's name.
    max_tokens: maxOutputTokens !== undefined,
    max_completion_tokens: maxOutputTokens !== undefined || openai.maxCompletionTokens !== undefined,
    // The model's facts may add it later, unless it is named here.
    reasoning_effort: !("reasoningEffort" in openai) || openai.reasoningEffort !== undefined,
    thinking: openai.reasoningEffort !== "none",
    json_schema: withSchema,
    strict: withSchema && openai.strictJsonSchema !== false,
    json_object: responseFormat?.type === "json" && !withSchema,
    forced_tool: toolChoice?.type === "tool",
    tool_choice: toolChoice !== undefined && toolChoice.type !== "tool",
    tools: (call.tools?.length ?? 0) > 0,
    vision: prompt.some(hasPicture),
    system: prompt.some(({ role }) => role === "system"),
    developer: openai.systemMessageMode === undefined,
    repeated_role: true,
    // As for the effort.
    cache_mark: !("promptCacheOptions" in openai),
  };
  return new Set((Object.keys(has) as Feature[]).filter((feature) => has[feature]));
}

function settings(call: CallOptions, omitted: Omitted): CallOptions {
  const { maxOutputTokens, temperature, ...rest } = call;
  const room = omitted.has("thinking") ? THINKING_TOKENS : 0;
  const limit = maxOutputTokens === undefined ? undefined : maxOutputTokens + room;
  const byNewName = omitted.has("max_tokens") && !omitted.has("max_completion_tokens");
  const byOldName = !omitted.has("max_tokens") && omitted.has("max_completion_tokens");
  const openai: OpenAiOptions = {
    ...rest.providerOptions?.openai,
    ...(byNewName && limit !== undefined && { maxCompletionTokens: limit }),
    // The provider would rename the limit of a model that reasons.
    ...(byOldName && { forceReasoning: false }),
    ...(omitted.has("strict") && { strictJsonSchema: false }),
    ...(omitted.has("thinking") && { reasoningEffort: "none" as const }),
    ...(omitted.has("reasoning_effort") && { reasoningEffort: undefined }),
    ...(omitted.has("developer") && { systemMessageMode: "system" as const }),
    ...(omitted.has("cache_mark") && { promptCacheOptions: undefined }),
  };
  return {
    ...rest,
    ...(limit !== undefined && !omitted.has("max_tokens") && { maxOutputTokens: limit }),
    ...(temperature !== undefined && !omitted.has("temperature") && { temperature }),
    providerOptions: { ...rest.providerOptions, openai },
  };
}

function answerFormat(call: CallOptions, omitted: Omitted): CallOptions {
  const { responseFormat, ...rest } = call;
  if (responseFormat?.type !== "json" || !responseFormat.schema || !omitted.has("json_schema")) return call;
  const asked = `\n\nAnswer with one JSON object and nothing else, without a code fence. It follows this JSON schema:\n${JSON.stringify(responseFormat.schema)}`;
  const [first, ...others] = rest.prompt;
  const prompt: Prompt =
    first?.role === "system"
      ? [{ ...first, content: first.content + asked }, ...others]
      : [{ role: "system", content: asked.trim() }, ...rest.prompt];
  return { ...rest, prompt, ...(!omitted.has("json_object") && { responseFormat: { type: "json" } }) };
}

function tools(call: CallOptions, omitted: Omitted): CallOptions {
  const { tools: offered, toolChoice, ...rest } = call;
  if (!offered || omitted.has("tools")) return rest;
  if (toolChoice?.type === "tool" && omitted.has("forced_tool")) {
    const only = offered.filter(({ name }) => name === toolChoice.toolName);
    return { ...rest, tools: only, ...(!omitted.has("tool_choice") && { toolChoice: { type: "required" } }) };
  }
  if (toolChoice?.type === "tool" || !omitted.has("tool_choice")) return call;
  // "No tool now" can be said by offering none.
  return toolChoice?.type === "none" ? rest : { ...rest, tools: offered };
}

function messages(call: CallOptions, omitted: Omitted): CallOptions {
  let { prompt } = call;
  if (omitted.has("vision")) prompt = prompt.map(withoutPictures);
  if (omitted.has("cache_mark")) prompt = prompt.map(withoutPrefix);
  if (omitted.has("system")) prompt = withoutSystem(prompt);
  if (omitted.has("repeated_role")) prompt = alternating(prompt);
  return prompt === call.prompt ? call : { ...call, prompt };
}

const isPicture = (part: { type: string; mediaType?: string }): boolean =>
  part.type === "file" && (part.mediaType ?? "").startsWith("image/");

const hasPicture = ({ role, content }: Message): boolean => role === "user" && content.some(isPicture);

/** Read together with the rule about marks: what was not shown is asked for in words. */
const NOT_SHOWN = mark("the image could not be shown to you");

function withoutPictures(message: Message): Message {
  if (message.role !== "user" || !message.content.some(isPicture)) return message;
  const text = message.content.flatMap((part) => (part.type === "text" ? part.text : []));
  return { ...message, content: [{ type: "text", text: [...text, NOT_SHOWN].join("\n") }] };
}

/** Ends the instructions where customers' words follow in the same message; nobody else can write a mark. */
const CONVERSATION = mark("the conversation begins");

function withoutSystem(prompt: Prompt): Prompt {
  const system = prompt.flatMap((message) => (message.role === "system" ? message.content : []));
  if (system.length === 0) return prompt;
  const text = [...system, CONVERSATION].join("\n\n");
  const instructions: Message = { role: "user", content: [{ type: "text", text }] };
  return alternating([instructions, ...prompt.filter(({ role }) => role !== "system")]);
}

/** Each side's messages in a row as one, and the customer's first. */
function alternating(prompt: Prompt): Prompt {
  const joined: Prompt = [];
  for (const message of prompt) {
    const last = joined.at(-1);
    if (message.role === "assistant" && (last === undefined || last.role === "system")) continue;
    if (last?.role === "user" && message.role === "user")
      joined[joined.length - 1] = { ...last, content: joinText([...last.content, ...message.content]) };
    else if (last?.role === "assistant" && message.role === "assistant")
      joined[joined.length - 1] = { ...last, content: [...last.content, ...message.content] };
    else joined.push(message);
  }
  return joined;
}

type UserPart = Extract<Message, { role: "user" }>["content"][number];

/** Neighbouring texts as one: services that are strict about roles often read plain text alone. */
function joinText(parts: readonly UserPart[]): UserPart[] {
  const joined: UserPart[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (last?.type === "text" && part.type === "text")
      joined[joined.length - 1] = { type: "text", text: `${last.text}\n\n${part.text}` };
    else joined.push(part);
  }
  return joined;
}
