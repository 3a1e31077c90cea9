import { countTokens, decode, encode } from "gpt-tokenizer/encoding/o200k_base";
import { createPromptCache, type Tokenizer } from "../../fakes/model/prompt-cache.ts";
import type { Usage } from "../../lib/turn/state/cost.ts";
import type { Exchange, WireMessage } from "./wire.ts";

/** Overhead of each message, of the reply, and of each tool call. */
const FRAME_TOKENS = 3;

/**
 * Tokens of one call in the encoding of gpt-4o and gpt-4o-mini. Tools and schemas count as the JSON that was sent, which
 * OpenAI converts to an unpublished text of its own.
 */
export function usageOf({ request, answer }: Exchange): Usage {
  const { model, messages, tools, response_format: format } = request;
  const described = [
    ...tools.map((tool) => JSON.stringify(tool.function)),
    ...(format ? [format.json_schema.name, JSON.stringify(format.json_schema.schema)] : []),
  ];
  const asked = messages.map((message) => FRAME_TOKENS + countTokens(message.role) + tokensOf(message));
  return {
    model,
    inputTokens: sum([...asked, ...described.map((text) => countTokens(text)), FRAME_TOKENS]),
    outputTokens: tokensOf(answer),
  };
}

const EXACTLY: Tokenizer = {
  count: (text) => countTokens(text),
  first: (text, count) => decode(encode(text).slice(0, count)),
};

/** The usages of calls in their order, with a cache of prompts in which nothing gets too old: as in a busy hour. */
export function cachedUsages(exchanges: readonly Exchange[]): Usage[] {
  const cache = createPromptCache(EXACTLY);
  return exchanges.map((exchange) => {
    const usage = usageOf(exchange);
    const { cachedTokens, cacheWriteTokens } = cache.use(exchange.body);
    const cached = Math.min(cachedTokens, usage.inputTokens);
    return {
      ...usage,
      cachedTokens: cached,
      cacheWriteTokens: Math.min(cacheWriteTokens, usage.inputTokens - cached),
    };
  });
}

function tokensOf({ content, tool_calls: calls = [] }: WireMessage): number {
  const called = calls.map(
    ({ function: { name, arguments: input } }) => FRAME_TOKENS + countTokens(name) + countTokens(input),
  );
  return sum([countTokens(content ?? ""), ...called]);
}

/** Sum of the values. */
export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
