import type { CacheUse } from "../prompt-cache.ts";
import type { Image } from "./image.ts";
import type { Answer, ParsedRequest } from "./request.ts";

const CHARACTERS_PER_TOKEN = 4;
/** GPT-4o at `low` detail and at 1024 × 1024; GPT-4o mini counts 33 tokens for each of these. */
const IMAGE_TOKENS = { low: 85, high: 765, mini: 100 / 3 };

interface Choice {
  message: { role: "assistant"; content: string | null; refusal: string | null; tool_calls?: WireCall[] };
  finish_reason: "stop" | "length" | "tool_calls";
}
interface WireCall {
  id: string;
  type: "function";
  function: { name: string; arguments: string };
}

/** What an answer is called, when it was made, and what of its prompt came from the cache. */
export interface Made {
  id: string;
  createdS: number;
  cached: CacheUse;
}

/** The answer as one `chat.completion` object; tokens are estimated at four characters each. */
export function completion(request: ParsedRequest, answer: Answer, { id, createdS, cached }: Made) {
  const { message, finish_reason } = choiceOf(request, answer, id);
  return {
    id,
    object: "chat.completion",
    created: createdS,
    model: request.model,
    choices: [{ index: 0, message, logprobs: null, finish_reason }],
    usage: usage(request, message, cached),
  };
}

/** The answer as server-sent events: words one by one, a tool call's arguments in pieces; the last one says that it is done. */
export function completionEvents(
  request: ParsedRequest,
  answer: Answer,
  { id, createdS, cached }: Made,
): string[] {
  const { message, finish_reason } = choiceOf(request, answer, id);
  const base = { id, object: "chat.completion.chunk", created: createdS, model: request.model };
  const chunk = (delta: object, finish: string | null = null) => ({
    ...base,
    choices: [{ index: 0, delta, finish_reason: finish }],
    ...(request.includeUsage && { usage: null }),
  });
  const words = message.content?.match(/\S+\s*|\s+/g) ?? [];
  const chunks: object[] = [
    chunk({ role: "assistant", content: message.content === null ? null : "" }),
    ...words.map((content) => chunk({ content })),
    ...(message.refusal === null ? [] : [chunk({ refusal: message.refusal })]),
    ...(message.tool_calls ?? []).flatMap(callDeltas).map((call) => chunk({ tool_calls: [call] })),
    chunk({}, finish_reason),
  ];
  if (request.includeUsage) chunks.push({ ...base, choices: [], usage: usage(request, message, cached) });
  return [...chunks.map((one) => `data: ${JSON.stringify(one)}\n\n`), "data: [DONE]\n\n"];
}

/** Characters of a tool call's arguments in one event. */
const ARGUMENT_PIECE = 12;

/** A tool call as OpenAI streams it: its id and name, then its arguments piece by piece. */
function callDeltas({ function: { name, arguments: given }, ...call }: WireCall, index: number): object[] {
  const pieces = given.match(new RegExp(`[\\s\\S]{1,${ARGUMENT_PIECE}}`, "g")) ?? [];
  return [
    { index, ...call, function: { name, arguments: "" } },
    ...pieces.map((piece) => ({ index, function: { arguments: piece } })),
  ];
}

/** OpenAI's error shape. */
export function errorBody(status: number, message: string, code: string | null) {
  const type = status === 429 ? "requests" : status >= 500 ? "server_error" : "invalid_request_error";
  return { error: { message, type, param: null, code } };
}

function choiceOf(request: ParsedRequest, answer: Answer, id: string): Choice {
  const silent = { role: "assistant", content: null, refusal: null } as const;
  if ("refusal" in answer) return { message: { ...silent, refusal: answer.refusal }, finish_reason: "stop" };
  if ("toolCalls" in answer) {
    const calls = answer.toolCalls.map(
      (call, index): WireCall => ({ id: `call_${id.slice(-12)}_${index}`, type: "function", function: call }),
    );
    return { message: { ...silent, tool_calls: calls }, finish_reason: "tool_calls" };
  }
  const room = (request.maxTokens ?? Number.POSITIVE_INFINITY) * CHARACTERS_PER_TOKEN;
  return {
    message: { ...silent, content: answer.text.slice(0, room) },
    finish_reason: answer.text.length > room ? "length" : "stop",
  };
}

function usage(request: ParsedRequest, message: Choice["message"], cached: CacheUse) {
  const tokens = (text: string) => Math.ceil(text.length / CHARACTERS_PER_TOKEN);
  const perImage = request.model.startsWith("gpt-4o-mini") ? IMAGE_TOKENS.mini : 1;
  const imageTokens = ({ detail }: Image) =>
    Math.round((detail === "low" ? IMAGE_TOKENS.low : IMAGE_TOKENS.high) * perImage);
  const prompt_tokens = request.messages
    .flatMap(({ text, images }) => [tokens(text) + 4, ...images.map(imageTokens)])
    .reduce((sum, one) => sum + one, 0);
  const calls = message.tool_calls ? JSON.stringify(message.tool_calls) : "";
  const completion_tokens = tokens(`${message.content ?? message.refusal ?? ""}${calls}`);
  const prompt_tokens_details = {
    cached_tokens: Math.min(cached.cachedTokens, prompt_tokens),
    ...(cached.cacheWriteTokens > 0 && { cache_write_tokens: cached.cacheWriteTokens }),
  };
  return {
    ...{ prompt_tokens, completion_tokens, total_tokens: prompt_tokens + completion_tokens },
    prompt_tokens_details,
  };
}
