/** USD per million tokens, from OpenAI's price page when this was written; any other model has no known cost. */
const PRICES: Readonly<Record<string, Price>> = {
  "gpt-4o": { inputUsd: 2.5, outputUsd: 10, imageTokens: 85 },
  "gpt-4o-mini": { inputUsd: 0.15, outputUsd: 0.6, imageTokens: 2_833 },
  "gpt-4.1": { inputUsd: 2, outputUsd: 8, imageTokens: 85 },
  "gpt-4.1-mini": { inputUsd: 0.4, outputUsd: 1.6, imageTokens: 2_489 },
  "gpt-4.1-nano": { inputUsd: 0.1, outputUsd: 0.4, imageTokens: 3_779 },
};

/** USD per minute of sound, from OpenAI's price page; its own estimate where it bills tokens. https://platform.openai.com/docs/pricing */
const MINUTE_PRICES_USD: Readonly<Record<string, number>> = {
  "gpt-4o-mini-transcribe": 0.003,
  "gpt-4o-transcribe": 0.006,
  "whisper-1": 0.006,
};

interface Price {
  inputUsd: number;
  outputUsd: number;
  /** Of one picture in low detail, at most (https://platform.openai.com/docs/guides/images-vision). */
  imageTokens: number;
}

/** Longest recording that is transcribed; assumed for one of unknown length. */
const LONGEST_SECONDS = 600;

/** Tokens of one or more calls of one model, or seconds of sound. */
export interface Usage {
  model: string;
  inputTokens: number;
  outputTokens: number;
  /** Seconds of sound, for a model that is billed by the minute; null when unknown. */
  seconds?: number | null;
}

/** Cost of these calls in USD; null when the price of one of them is unknown. */
export function costUsd(usages: readonly Usage[]): number | null {
  let total = 0;
  for (const usage of usages) {
    const usd = knownUsd(usage);
    if (usd === null) return null;
    total += usd;
  }
  return total;
}

/** The same for a budget: an unknown price counts as the highest known one, so that no model is free. */
export function budgetUsd(usages: readonly Usage[]): number {
  return usages.reduce((total, usage) => total + (knownUsd(usage) ?? highestUsd(usage)), 0);
}

/** Most input tokens of one picture in low detail; the highest known for an unknown model. */
export function imageTokens(model: string): number {
  const known = priceIn(PRICES, familyOf(model))?.imageTokens;
  return known ?? Math.max(...Object.values(PRICES).map((price) => price.imageTokens));
}

/** Seconds of sound in these calls, rounded up; a recording of unknown length counts as the longest. */
export function soundSeconds(usages: readonly Usage[]): number {
  const all = usages.map(({ seconds }) => (seconds === undefined ? 0 : lengthOf(seconds)));
  return Math.ceil(all.reduce((total, seconds) => total + seconds, 0));
}

const lengthOf = (seconds: number | null): number =>
  seconds !== null && seconds >= 0 ? Math.min(seconds, LONGEST_SECONDS) : LONGEST_SECONDS;

function knownUsd({ model, inputTokens, outputTokens, seconds }: Usage): number | null {
  const family = familyOf(model);
  if (seconds !== undefined) {
    const minuteUsd = priceIn(MINUTE_PRICES_USD, family);
    return minuteUsd === null || seconds === null || !(seconds >= 0) ? null : (seconds / 60) * minuteUsd;
  }
  const price = priceIn(PRICES, family);
  return price && tokensUsd(inputTokens, outputTokens, price);
}

function highestUsd({ inputTokens, outputTokens, seconds }: Usage): number {
  if (seconds !== undefined) return (lengthOf(seconds) / 60) * Math.max(...Object.values(MINUTE_PRICES_USD));
  return Math.max(...Object.values(PRICES).map((price) => tokensUsd(inputTokens, outputTokens, price)));
}

const tokensUsd = (inputTokens: number, outputTokens: number, price: Price): number =>
  (inputTokens * price.inputUsd + outputTokens * price.outputUsd) / 1_000_000;

/** Dated snapshots cost what their family costs: gpt-4o-2024-08-06 is a gpt-4o. */
const familyOf = (model: string): string => model.replace(/-\d{4}-\d{2}-\d{2}$/, "");

/** Null also for a model whose name is a method of every object. */
const priceIn = <P>(prices: Readonly<Record<string, P>>, family: string): P | null =>
  Object.hasOwn(prices, family) ? (prices[family] ?? null) : null;
