import { boundedInteger } from "../../json/clean.ts";
import type { Usage } from "./cost.ts";
import { tokensAtMost } from "./tokens.ts";

/** What came back with one answer of a model. */
interface Call {
  usage: { inputTokens: number | undefined; outputTokens: number | undefined };
  /** As it was sent. */
  request: { body?: unknown };
  /** How many tokens the answer was allowed. */
  maxOutputTokens: number;
}

/** More than any model reads at once: a count beyond it is none. */
const MAX_TOKENS = 2_000_000;

/**
 * The tokens of one call as its model counts them. A count that cannot be (none, not a number, nothing, millions) is
 * estimated from what was sent and what the answer was allowed, so that nothing looks cheaper than it was.
 */
export function usageOf(model: string, { usage, request, maxOutputTokens }: Call): Usage {
  return {
    model,
    inputTokens: credible(usage.inputTokens) ?? estimated(request.body),
    outputTokens: credible(usage.outputTokens) ?? maxOutputTokens,
  };
}

function credible(count: unknown): number | null {
  const tokens = boundedInteger(count, { max: MAX_TOKENS + 1 });
  return tokens !== null && tokens > 0 && tokens <= MAX_TOKENS ? tokens : null;
}

/** Pictures are left out: in low detail each is a few tokens. */
function estimated(body: unknown): number {
  const sent = JSON.stringify(body, (key, value) => (key === "image_url" ? null : value)) ?? "";
  return Math.min(tokensAtMost(sent), MAX_TOKENS);
}
