/** USD per million tokens, as on OpenAI's price page when this was written; a model not here has no known cost. */
const PRICES: Record<string, { inputUsd: number; outputUsd: number }> = {
  "gpt-4o": { inputUsd: 2.5, outputUsd: 10 },
  "gpt-4o-mini": { inputUsd: 0.15, outputUsd: 0.6 },
  "gpt-4.1": { inputUsd: 2, outputUsd: 8 },
  "gpt-4.1-mini": { inputUsd: 0.4, outputUsd: 1.6 },
  "gpt-4.1-nano": { inputUsd: 0.1, outputUsd: 0.4 },
};

/** Tokens of one or more calls of one model. */
export interface Usage {
  model: string;
  inputTokens: number;
  outputTokens: number;
}

/** What these calls cost in USD; null when the price of one of them is not known. */
export function costUsd(usages: readonly Usage[]): number | null {
  let total = 0;
  for (const { model, inputTokens, outputTokens } of usages) {
    // Dated snapshots cost what their family costs: gpt-4o-2024-08-06 is a gpt-4o.
    const price = PRICES[model.replace(/-\d{4}-\d{2}-\d{2}$/, "")];
    if (!price) return null;
    total += (inputTokens * price.inputUsd + outputTokens * price.outputUsd) / 1_000_000;
  }
  return total;
}
