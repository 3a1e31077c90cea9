import { boundedInteger } from "../../json/clean.ts";
import type { Usage } from "./cost.ts";
import { tokensAtMost } from "./tokens.ts";

/** Data that a model returned with one answer. */
interface Call {
  usage: {
    inputTokens: number | undefined;
    outputTokens: number | undefined;
    inputTokenDetails?: { cacheReadTokens: number | undefined; cacheWriteTokens?: number | undefined };
  };
  /** The request as sent. */
  request: { body?: unknown };
  /** Limit of the answer. */
  maxOutputTokens: number;
}

/** More than any model reads at once: a higher count is not believed. */
const MAX_TOKENS = 2_000_000;

/**
 * The tokens of one call as its model counts them. An impossible count (missing, not a number, zero, millions) is
 * replaced by an estimate from the request and the answer's limit, so that no call looks cheaper than it was.
 */
export function usageOf(model: string, { usage, request, maxOutputTokens }: Call): Usage {
  const inputTokens = credible(usage.inputTokens);
  return {
    model,
    inputTokens: inputTokens ?? estimated(request.body),
    // Parts of a count that is believed.
    ...(inputTokens !== null && partsOf(inputTokens, usage)),
    outputTokens: credible(usage.outputTokens) ?? maxOutputTokens,
  };
}

/** Of the tokens that were read, those that the service had in its cache, and those that it put there. */
function partsOf(inputTokens: number, { inputTokenDetails: details }: Call["usage"]): Partial<Usage> {
  const cached = Math.min(credible(details?.cacheReadTokens) ?? 0, inputTokens);
  const written = Math.min(credible(details?.cacheWriteTokens) ?? 0, inputTokens - cached);
  return { ...(cached > 0 && { cachedTokens: cached }), ...(written > 0 && { cacheWriteTokens: written }) };
}

function credible(count: unknown): number | null {
  const tokens = boundedInteger(count, { max: MAX_TOKENS + 1 });
  return tokens !== null && tokens > 0 && tokens <= MAX_TOKENS ? tokens : null;
}

/** Without pictures: in low detail each is a few tokens. */
function estimated(body: unknown): number {
  const sent = JSON.stringify(body, (key, value) => (key === "image_url" ? null : value)) ?? "";
  return Math.min(tokensAtMost(sent), MAX_TOKENS);
}
