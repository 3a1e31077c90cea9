/** USD per million tokens, as on OpenAI's price page when this was written; a model not here has no known cost. */
const PRICES: Record<string, { inputUsd: number; outputUsd: number }> = {
  "gpt-4o": { inputUsd: 2.5, outputUsd: 10 },
  "gpt-4o-mini": { inputUsd: 0.15, outputUsd: 0.6 },
  "gpt-4.1": { inputUsd: 2, outputUsd: 8 },
  "gpt-4.1-mini": { inputUsd: 0.4, outputUsd: 1.6 },
  "gpt-4.1-nano": { inputUsd: 0.1, outputUsd: 0.4 },
};

/** USD per minute of sound, as on OpenAI's price page: its own estimate where it bills tokens. https://platform.openai.com/docs/pricing */
const MINUTE_PRICES_USD: Record<string, number> = {
  "gpt-4o-mini-transcribe": 0.003,
  "gpt-4o-transcribe": 0.006,
  "whisper-1": 0.006,
};

/** Tokens of one or more calls of one model, or what it listened to. */
export interface Usage {
  model: string;
  inputTokens: number;
  outputTokens: number;
  /** Seconds of sound, for a model that is paid by the minute; null when nobody knows how many. */
  seconds?: number | null;
}

/** What these calls cost in USD; null when the price of one of them is not known. */
export function costUsd(usages: readonly Usage[]): number | null {
  let total = 0;
  for (const { model, inputTokens, outputTokens, seconds } of usages) {
    // Dated snapshots cost what their family costs: gpt-4o-2024-08-06 is a gpt-4o.
    const family = model.replace(/-\d{4}-\d{2}-\d{2}$/, "");
    if (seconds !== undefined) {
      const minuteUsd = MINUTE_PRICES_USD[family];
      if (minuteUsd === undefined || seconds === null || !(seconds >= 0)) return null;
      total += (seconds / 60) * minuteUsd;
      continue;
    }
    const price = PRICES[family];
    if (!price) return null;
    total += (inputTokens * price.inputUsd + outputTokens * price.outputUsd) / 1_000_000;
  }
  return total;
}
