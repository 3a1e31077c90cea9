import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseEnv } from "../../lib/config/env.ts";
import { chosenModels } from "../../lib/config/profiles.ts";
import { createStages } from "../../lib/telemetry/stages.ts";
import { allowedBy, levelOf, reached } from "../../lib/turn/answer/budget.ts";
import { countLostCall } from "../../lib/turn/answer/lost-call.ts";
import {
  type CostSettings,
  maxCostPerCustomerAndDay,
  maxCostPerTurn,
} from "../../lib/turn/answer/max-cost.ts";
import { MAX_INPUT_TOKENS, MAX_OUTPUT_TOKENS } from "../../lib/turn/state/bounds.ts";
import type { BudgetLimits } from "../../lib/turn/state/context.ts";
import { budgetUsd, costUsd, imageTokens, soundSeconds } from "../../lib/turn/state/cost.ts";
import { createJournal } from "../../lib/turn/state/journal.ts";
import type { UsageToday } from "../../lib/types/turn-store.ts";

const LIMITS: BudgetLimits = { turns: 300, soundSeconds: 1_800, usd: 200 };
const used = (more: Partial<UsageToday> = {}): UsageToday => ({
  turns: 0,
  soundSeconds: 0,
  numberUsd: 0,
  ...more,
});

test.each([
  [0, "ok"],
  [239, "ok"],
  [240, "warn"],
  [299, "warn"],
  [300, "economy"],
  [359, "economy"],
  [360, "closed"],
  [1e9, "closed"],
])("%d of 300 is %s", (turns, level) => {
  expect(levelOf(turns, 300)).toBe(level);
});

test("a level never falls while more is used, and is closed at last", () => {
  const order = ["ok", "warn", "economy", "closed"];
  const amount = fc.double({ min: 0, max: 1e7, noNaN: true });
  fc.assert(
    fc.property(fc.double({ min: 0.01, max: 1e6, noNaN: true }), amount, amount, (limit, a, b) => {
      const [less, more] = [Math.min(a, b), Math.max(a, b)];
      expect(order.indexOf(levelOf(less, limit))).toBeLessThanOrEqual(order.indexOf(levelOf(more, limit)));
      expect(levelOf(limit * 1.3, limit)).toBe("closed");
    }),
  );
});

test.each<[Partial<UsageToday>, ReturnType<typeof allowedBy>]>([
  [{}, "all"],
  [{ turns: 299, numberUsd: 199.99 }, "all"],
  [{ turns: 300 }, "economy"],
  [{ numberUsd: 200 }, "economy"],
  [{ turns: 360 }, { closed: "budget_person" }],
  [{ numberUsd: 240 }, { closed: "budget_number" }],
  // One notice for all of the number's customers, rather than one for each.
  [{ turns: 360, numberUsd: 240 }, { closed: "budget_number" }],
  // Sound decides on listening alone.
  [{ soundSeconds: 99_999 }, "all"],
])("%o allows %o", (usage, allowed) => {
  expect(allowedBy(used(usage), LIMITS)).toEqual(allowed);
});

test.each<[Partial<UsageToday>, string[]]>([
  [{}, []],
  [{ turns: 240, soundSeconds: 1_440, numberUsd: 160 }, ["turns warn", "soundSeconds warn", "usd warn"]],
  [
    { turns: 300, soundSeconds: 1_800, numberUsd: 200 },
    ["turns economy", "soundSeconds economy", "usd economy"],
  ],
  [
    { turns: 360, soundSeconds: 9_999, numberUsd: 240 },
    ["turns closed", "soundSeconds economy", "usd closed"],
  ],
])("of %o the company has to know %o", (usage, notices) => {
  expect(reached(used(usage), LIMITS).map(({ budget, level }) => `${budget} ${level}`)).toEqual(notices);
});

describe("what counts against a budget", () => {
  const tokens = { inputTokens: 1_000_000, outputTokens: 100_000 };

  test("is the same as the cost where the price is known", () => {
    const usages = [
      { model: "gpt-4o-2024-08-06", ...tokens },
      { model: "whisper-1", inputTokens: 0, outputTokens: 0, seconds: 90 },
    ];
    expect(budgetUsd(usages)).toBe(costUsd(usages));
    expect(budgetUsd(usages)).toBeCloseTo(3.509);
  });

  test.each(["a-model-of-tomorrow", "constructor", "toString", ""])(
    "a model without a price (%j) counts as the highest one",
    (model) => {
      expect(costUsd([{ model, ...tokens }])).toBeNull();
      expect(budgetUsd([{ model, ...tokens }])).toBe(budgetUsd([{ model: "gpt-4o", ...tokens }]));
      expect(imageTokens(model)).toBeGreaterThanOrEqual(imageTokens("gpt-4o-mini"));
    },
  );

  test("sound of unknown length counts as ten minutes", () => {
    const sound = { model: "whisper-1", inputTokens: 0, outputTokens: 0, seconds: null };
    expect(soundSeconds([sound, { ...sound, seconds: 5 }, { model: "gpt-4o", ...tokens }])).toBe(605);
    expect(budgetUsd([sound])).toBeCloseTo(0.06);
  });
});

describe("a model call without an answer", () => {
  const claim = (...texts: string[]) => {
    const said = (text: string) => ({
      id: "m",
      direction: "in" as const,
      waMessageId: null,
      type: "text",
      text,
      content: null,
      about: null,
      reading: null,
      quoted: null,
      opt: null,
      timestampMs: 0,
    });
    return { history: texts.slice(1).map(said), pending: texts.slice(0, 1).map(said) };
  };
  const model = { id: "gpt-4o" };
  const lost = (error: unknown, ...texts: string[]) => {
    const journal = createJournal(createStages(() => 0));
    countLostCall(error, model, { claim: claim(...texts), journal });
    return { usd: journal.usage().usd, record: journal.record() };
  };
  const timeout = new DOMException("too late", "TimeoutError");

  test("that was cut off is billed as far as anybody knows, and not recorded as a cost", () => {
    const { usd, record } = lost(timeout, "hola");
    expect(usd).toBeGreaterThan(0.003);
    expect(record).toMatchObject({ costUsd: 0, inputTokens: 0, outputTokens: 0 });
    expect(lost(timeout, "hola", "x".repeat(3_000)).usd).toBeGreaterThan(usd);
  });

  test("is never billed for more than a call may hold", () => {
    const all = Array.from({ length: 20 }, () => "x".repeat(16_000));
    const most = budgetUsd([
      { model: "gpt-4o", inputTokens: MAX_INPUT_TOKENS, outputTokens: MAX_OUTPUT_TOKENS },
    ]);
    expect(lost(timeout, ...all).usd).toBeLessThanOrEqual(most);
  });

  test("that failed otherwise is free", () => {
    expect(lost(new TypeError("fetch failed"), "hola").usd).toBe(0);
  });
});

describe("docs/operations.md", () => {
  const page = readFileSync(join(import.meta.dirname, "../../docs/operations.md"), "utf8");
  const env = parseEnv({
    WHATSAPP_APP_SECRET: "an-app-secret-0123456789",
    WHATSAPP_VERIFY_TOKEN: "a-verify-token-0123456789",
    WHATSAPP_ACCESS_TOKEN: "an-access-token-0123456789",
    WHATSAPP_PHONE_NUMBER_ID: "106",
    OPENAI_API_KEY: "a-model-key-0123456789",
    KV_REST_API_URL: "http://localhost",
    KV_REST_API_TOKEN: "a-cache-token-0123456789",
    POSTGRES_URL: "postgres://localhost/chasqui",
  });
  const budget = { turns: env.BUDGET_TURNS, soundSeconds: env.BUDGET_SOUND_S, usd: env.BUDGET_USD };
  const configured = chosenModels(env);
  const settings = (reply: string): CostSettings => ({
    models: {
      intent: configured.intent,
      reply,
      fallback: configured.fallback,
      transcription: env.TRANSCRIPTION_MODEL,
    },
    budget,
  });
  const dollars = (usd: number, digits: number) => `$${usd.toFixed(digits)}`;

  test.each([
    ["as configured", configured.replies.standard],
    ["economy", "gpt-4o-mini"],
  ])("says what one customer can cost at most, %s", (profile, reply) => {
    const { models } = settings(reply);
    const figures = [
      dollars(maxCostPerTurn(models), 3),
      dollars(maxCostPerCustomerAndDay(settings(reply)), 2),
    ];
    const row = page.split("\n").find((line) => line.startsWith(`| ${profile} (\`REPLY_MODEL=${reply}\`)`));
    expect(row?.split(" | ").slice(1)).toEqual([figures[0], `${figures[1]} |`]);
  });

  test("says what one number can cost at most", () => {
    expect(page).toContain(`${dollars(budget.usd * 1.2, 0)} a day and number`);
  });

  test("one customer alone leaves the number's budget far from used", () => {
    expect(levelOf(2 * maxCostPerCustomerAndDay(settings(configured.replies.standard)), budget.usd)).toBe(
      "ok",
    );
  });

  test("a customer costs more with each setting that is raised", () => {
    const usual = maxCostPerCustomerAndDay(settings("gpt-4o"));
    for (const more of [{ turns: 301 }, { soundSeconds: 3_600 }])
      expect(
        maxCostPerCustomerAndDay({ ...settings("gpt-4o"), budget: { ...budget, ...more } }),
      ).toBeGreaterThan(usual);
    expect(maxCostPerCustomerAndDay(settings("gpt-4o-mini"))).toBeLessThan(usual);
  });
});
