import { expect, test } from "vitest";
import { createStages } from "../../lib/telemetry/stages.ts";
import { costUsd } from "../../lib/turn/state/cost.ts";
import { createJournal } from "../../lib/turn/state/journal.ts";
import { usageOf } from "../../lib/turn/state/usage.ts";

/** A thousand words, and a picture that is none. */
const request = {
  body: {
    messages: [{ content: [{ text: "casa ".repeat(1_000) }, { image_url: { url: "y".repeat(1_000_000) } }] }],
  },
};
const usageFor = (inputTokens: number | undefined, outputTokens: number | undefined) =>
  usageOf("gpt-4o", { usage: { inputTokens, outputTokens }, request, maxOutputTokens: 300 });

test.each([
  [1_200, 40],
  [1, 1],
])("tokens are what the model counts: %s and %s", (inputTokens, outputTokens) => {
  expect(usageFor(inputTokens, outputTokens)).toEqual({ model: "gpt-4o", inputTokens, outputTokens });
});

test.each<[number, number, number]>([
  [1_000, 400, (600 * 2.5 + 400 * 1.25 + 10 * 10) / 1e6],
  // More than was sent: all of it, and no less than nothing.
  [1_000, 5_000, (1_000 * 1.25 + 10 * 10) / 1e6],
  [1_000, -4, (1_000 * 2.5 + 10 * 10) / 1e6],
  [1_000, 5e9, (1_000 * 2.5 + 10 * 10) / 1e6],
])("of %s tokens %s are cached and cheaper", (inputTokens, cacheReadTokens, usd) => {
  const usage = { inputTokens, outputTokens: 10, inputTokenDetails: { cacheReadTokens } };
  expect(costUsd([usageOf("gpt-4o", { usage, request, maxOutputTokens: 300 })])).toBeCloseTo(usd, 9);
});

test("a fraction of a token is rounded", () => {
  expect(usageFor(12.5, 1.2)).toMatchObject({ inputTokens: 13, outputTokens: 1 });
});

test.each([undefined, 0, -1, 5e9, 2 ** 31, 1e308, Number.NaN, Number.POSITIVE_INFINITY])(
  "a count of %s is estimated from what was sent and allowed, and never at less than it was",
  (count) => {
    const { inputTokens, outputTokens } = usageFor(count, count);
    expect(inputTokens).toBeGreaterThan(1_000);
    expect(inputTokens).toBeLessThan(4_000);
    expect(outputTokens).toBe(300);
  },
);

test("a turn's sums fit their columns, however often a model was asked", () => {
  const journal = createJournal(createStages(() => 0));
  for (let call = 0; call < 2_000; call++)
    journal.spent({ model: "gpt-4o", inputTokens: 2_000_000, outputTokens: 2_000_000 });
  for (let failure = 0; failure < 1_000; failure++) journal.failed("tool", "down");
  expect(journal.record()).toMatchObject({
    inputTokens: 2_147_483_647,
    outputTokens: 2_147_483_647,
    costUsd: 9_999,
  });
  expect(journal.record().errors).toHaveLength(64);
});

test.each([-5, Number.NaN])("sound of %s seconds has no known price", (seconds) => {
  const journal = createJournal(createStages(() => 0));
  journal.spent({ model: "whisper-1", inputTokens: 0, outputTokens: 0, seconds });
  expect(journal.record().costUsd).toBeNull();
});
