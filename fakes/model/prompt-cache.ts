/** A model service's cache of prompts, as OpenAI's guide describes it. */
import { z } from "zod";

/** Tokens of one prompt that came from the cache, and those that were put there for a fee. */
export interface CacheUse {
  cachedTokens: number;
  cacheWriteTokens: number;
}

export interface PromptCache {
  use(body: unknown): CacheUse;
}

/** How tokens are counted: of a text, and the text that its first `count` tokens are. */
export interface Tokenizer {
  count(text: string): number;
  first(text: string, count: number): string;
}

/** Four characters a token. */
export const ROUGHLY: Tokenizer = {
  count: (text) => Math.floor(text.length / 4),
  first: (text, count) => text.slice(0, count * 4),
};

/** Nothing shorter is kept, and longer prompts in steps. */
const LEAST = 1_024;
const STEP = 128;
/** From GPT-5.6 on a prefix is kept just as it is marked, and writing it is charged. */
const MARKED = /^gpt-(?:5\.[6-9]|[6-9])/;
const NOTHING: CacheUse = { cachedTokens: 0, cacheWriteTokens: 0 };

const part = z.looseObject({ prompt_cache_breakpoint: z.unknown().optional() });
const requestSchema = z.object({
  model: z.string(),
  messages: z.array(z.looseObject({ content: z.union([z.array(part), z.string(), z.null()]).optional() })),
  tools: z.unknown().optional(),
  response_format: z.unknown().optional(),
  prompt_cache_options: z.looseObject({ mode: z.string().optional() }).optional(),
});
type Request = z.output<typeof requestSchema>;

/** An empty cache in which nothing gets too old. */
export function createPromptCache(tokenizer: Tokenizer): PromptCache {
  const kept = new Set<string>();
  return {
    use(body) {
      const { data: request } = requestSchema.safeParse(body);
      if (!request) return NOTHING;
      const found = MARKED.test(request.model) ? marks(request) : steps(rendered(request), tokenizer);
      const prefixes = found
        .map((prefix) => ({ key: `${request.model}\n${prefix}`, tokens: tokenizer.count(prefix) }))
        .filter(({ tokens }) => tokens >= LEAST);
      const cachedTokens = most(prefixes.filter(({ key }) => kept.has(key)));
      for (const { key } of prefixes) kept.add(key);
      const writes = MARKED.test(request.model) ? Math.max(0, most(prefixes) - cachedTokens) : 0;
      return { cachedTokens, cacheWriteTokens: writes };
    },
  };
}

const most = (prefixes: readonly { tokens: number }[]): number =>
  Math.max(0, ...prefixes.map(({ tokens }) => tokens));

/** The prompt in the order in which a service reads it: tools and schema, then the messages. */
const rendered = ({ tools, response_format, messages }: Request, until = messages.length): string =>
  [tools, response_format, ...messages.slice(0, until)]
    .map((each) => JSON.stringify(each ?? null))
    .join("\n");

function steps(text: string, { count, first }: Tokenizer): string[] {
  const tokens = count(text);
  const found: string[] = [];
  for (let length = LEAST; length <= tokens; length += STEP) found.push(first(text, length));
  return found;
}

/** Up to each mark; unless the request says that it marks all itself, up to its end too. */
function marks(request: Request): string[] {
  const ends = request.messages.flatMap(({ content }, at) =>
    Array.isArray(content) && content.some((each) => each.prompt_cache_breakpoint) ? [at + 1] : [],
  );
  const all = request.prompt_cache_options?.mode === "explicit" ? ends : [...ends, request.messages.length];
  return all.map((end) => rendered(request, end));
}
