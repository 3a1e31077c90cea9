import { type FactsOf, knownModels, type ModelFacts, modelFacts } from "../../config/models.ts";

/** Longest recording that is transcribed; assumed for one of unknown length. */
const LONGEST_SECONDS = 600;

/** Tokens of one or more calls of one model, or seconds of sound. */
export interface Usage {
  model: string;
  inputTokens: number;
  /** Of these, tokens that the service had cached; absent: none. */
  cachedTokens?: number;
  /** Of these, tokens that the service put into its cache, which may cost more; absent: none. */
  cacheWriteTokens?: number;
  outputTokens: number;
  /** Seconds of sound, for a model that is billed by the minute; null when unknown. */
  seconds?: number | null;
}

/** Cost of these calls in USD; null when the price of one of them is unknown. */
export function costUsd(usages: readonly Usage[], factsOf: FactsOf = modelFacts): number | null {
  let total = 0;
  for (const usage of usages) {
    const usd = knownUsd(usage, factsOf);
    if (usd === null) return null;
    total += usd;
  }
  return total;
}

/** The same for a budget: an unknown price counts as the highest known one, so that no model is free. */
export function budgetUsd(usages: readonly Usage[], factsOf: FactsOf = modelFacts): number {
  return usages.reduce((total, usage) => total + (knownUsd(usage, factsOf) ?? highestUsd(usage)), 0);
}

/** Most input tokens of one picture in low detail; the highest known for an unknown model. */
export function imageTokens(model: string, factsOf: FactsOf = modelFacts): number {
  return factsOf(model).imageTokens ?? highest(({ imageTokens: tokens }) => tokens);
}

/** Seconds of sound in these calls, rounded up; a recording of unknown length counts as the longest. */
export function soundSeconds(usages: readonly Usage[]): number {
  const all = usages.map(({ seconds }) => (seconds === undefined ? 0 : lengthOf(seconds)));
  return Math.ceil(all.reduce((total, seconds) => total + seconds, 0));
}

const lengthOf = (seconds: number | null): number =>
  seconds !== null && seconds >= 0 ? Math.min(seconds, LONGEST_SECONDS) : LONGEST_SECONDS;

function knownUsd(usage: Usage, factsOf: FactsOf): number | null {
  const { minuteUsd, ...price } = factsOf(usage.model);
  const { seconds } = usage;
  if (seconds === undefined) return tokensUsd(usage, price);
  return minuteUsd === null || seconds === null || !(seconds >= 0) ? null : (seconds / 60) * minuteUsd;
}

function highestUsd(usage: Usage): number {
  const { seconds } = usage;
  if (seconds === undefined) return highest((price) => tokensUsd(usage, price));
  return (lengthOf(seconds) / 60) * highest(({ minuteUsd }) => minuteUsd);
}

function tokensUsd(
  { inputTokens, cachedTokens = 0, cacheWriteTokens = 0, outputTokens }: Usage,
  { inputUsd, cachedInputUsd, cacheWriteUsd, outputUsd }: Omit<ModelFacts, "minuteUsd">,
): number | null {
  if (inputUsd === null || outputUsd === null) return null;
  const readUsd = (inputTokens - cachedTokens - cacheWriteTokens) * inputUsd;
  const cacheUsd =
    cachedTokens * (cachedInputUsd ?? inputUsd) + cacheWriteTokens * (cacheWriteUsd ?? inputUsd);
  return (readUsd + cacheUsd + outputTokens * outputUsd) / 1_000_000;
}

/** The highest value that a known model has. */
const highest = (value: (facts: ModelFacts) => number | null): number =>
  Math.max(...Object.values(knownModels).map((facts) => value(facts) ?? 0));
