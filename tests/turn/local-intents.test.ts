import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createComparisonStore } from "../../db/guesses.ts";
import { isSampled } from "../../lib/turn/compare-guess.ts";
import type { Exchange } from "../../lib/types/turn/exchanges.ts";
import type { IntentGuess } from "../../lib/types/turn/record.ts";
import { startWorld, type World } from "../support/world.ts";

/** Like the phrases of order_status, in none of its examples' words; the offline model takes it for `general`. */
const ORDER = "amigo cuando va a llegar mi encomienda 4411";
/** Likely a question about a product, and not sure enough to decide. */
const LIKELY = "el de lana es calentito?";
/** Like nothing. */
const UNCLEAR = "xylofón krrp zzyx";

let world: World;
let people = 0;
afterAll(() => world.close());
const start =
  (mode: string | undefined, more: Record<string, string | undefined> = {}) =>
  async () => {
    world = await startWorld({ env: { INTENT_LOCAL: mode, INTENT_SAMPLE: "0", ...more } });
  };
beforeEach(() => {
  world.model.requests.length = 0;
  world.model.setFault(() => null);
});

interface Sorted {
  intent: string;
  decided_by: string;
  rung: string;
  language: string;
  guess: IntentGuess | null;
  intent_model: string | null;
  errors: string[];
}

async function lastTurn(): Promise<Sorted | undefined> {
  await world.drain();
  const [turn] = await world.sql<Sorted>`
    select intent, decided_by, rung, language, guess, intent_model, errors from turns order by started_at desc limit 1`;
  return turn;
}

/** What models were sent and said in the latest turn, as it is kept. */
async function keptCalls(): Promise<Exchange[]> {
  const [row] = await world.sql<{ calls: Exchange[] }>`
    select coalesce(e.calls, '[]') as calls from turns t left join exchanges e on e.turn_id = t.id
      order by t.started_at desc limit 1`;
  return row?.calls ?? [];
}

/** The turn that answers these words of a newcomer, and whether the model was asked for the intent. */
async function ask(text: string) {
  people += 1;
  const customer = world.customer(`5191000${7000 + people}`);
  const sent = await customer.send(text);
  await customer.waitForReply();
  const turn = await lastTurn();
  return { customer, sent, turn, asked: world.model.requests.some(({ kind }) => kind === "classify") };
}

const failClassification = () =>
  world.model.setFault(({ kind }) => (kind === "classify" ? { status: 500 } : null));

describe("in shadow, which is the default", () => {
  beforeAll(start(undefined));

  test("the model decides, and the guess is kept beside its answer", async () => {
    const { turn, asked } = await ask(ORDER);
    expect(asked).toBe(true);
    expect(turn).toMatchObject({ intent: "general", decided_by: "model", rung: "full" });
    expect(turn?.guess).toEqual({
      ...{ intent: "order_status", sure: true },
      confidence: expect.any(Number),
      version: expect.stringMatching(/^[0-9a-f]{12}$/),
    });
  });

  test("the general intent stands in for a model that does not answer, as without the guess", async () => {
    failClassification();
    const { turn } = await ask(ORDER);
    expect(turn).toMatchObject({ intent: "general", decided_by: "default", rung: "no_classification" });
    expect(turn?.guess).toMatchObject({ intent: "order_status" });
  });

  test("what shows or taps something is not guessed at", async () => {
    const customer = world.customer("51910007900");
    const interactive = { type: "button_reply", button_reply: { id: "order", title: ORDER } };
    await customer.send("", { type: "interactive", interactive });
    await customer.waitForReply();
    expect(await lastTurn()).toMatchObject({ decided_by: "model", guess: null });
  });
});

describe("switched on", () => {
  beforeAll(async () => {
    await world.close();
    await start("on")();
  });

  test("a sure guess decides without a call", async () => {
    const { turn, asked } = await ask(ORDER);
    expect(asked).toBe(false);
    expect(turn).toMatchObject({
      ...{ intent: "order_status", decided_by: "likeness", rung: "full", language: "es" },
      ...{ intent_model: null, errors: [] },
    });
  });

  test("anything else is the model's to sort", async () => {
    const { turn, asked } = await ask(UNCLEAR);
    expect(asked).toBe(true);
    expect(turn).toMatchObject({ decided_by: "model", guess: { sure: false } });
  });

  test("a likely guess stands in for a model that does not answer, an unlikely one does not", async () => {
    failClassification();
    const likely = await ask(LIKELY);
    expect(likely.asked).toBe(true);
    expect(likely.turn).toMatchObject({
      ...{ decided_by: "likeness", rung: "no_classification", intent: likely.turn?.guess?.intent },
    });
    expect((await ask(UNCLEAR)).turn).toMatchObject({ decided_by: "default", intent: "general" });
  });
});

describe("switched on, with a sample of all", () => {
  beforeAll(async () => {
    await world.close();
    await start("on", { INTENT_SAMPLE: "1", INTENT_FAST_PATH: undefined })();
  });

  test("the model sorts what a guess decided once the reply is there, and that is booked", async () => {
    const { turn } = await ask(ORDER);
    const calls = world.model.requests.map(({ kind }) => kind);
    expect(calls.length).toBeGreaterThan(1);
    expect(calls.indexOf("classify")).toBe(calls.length - 1);
    expect(turn).toMatchObject({
      ...{ intent: "order_status", decided_by: "likeness", rung: "full", intent_model: null, errors: [] },
      guess: {
        intent: "order_status",
        sure: true,
        model: { intent: "general", confidence: expect.any(Number) },
      },
    });
    const [booked] = await world.sql<{
      turn: number;
      day: number;
      tokens: number;
      of: number;
      classified: boolean;
    }>`
      select cost_usd::float8 as turn, (select sum(usd)::float8 from usage) as day, input_tokens as tokens,
             (select sum((m ->> 'inputTokens')::int)::int from jsonb_array_elements(models) m) as of,
             models -> 1 ->> 'model' = 'gpt-4o-mini' as classified from turns`;
    expect(booked).toEqual({
      ...{ turn: expect.any(Number), day: expect.closeTo(booked?.turn ?? 0, 8) },
      ...{ tokens: booked?.of, of: expect.any(Number), classified: true },
    });
    expect((await keptCalls()).at(-1)).toMatchObject({
      ...{ of: "intent", error: null, sent: [{ role: "user", text: ORDER }] },
      said: [{ role: "assistant", text: expect.stringContaining('"intent"') }],
    });
    expect((await keptCalls())[0]?.of).toBe("reply");
  });

  test("what the model was sent is not kept when the customer has taken a message back meanwhile", async () => {
    const { customer, sent } = await ask(ORDER);
    const calls = await keptCalls();
    expect(calls).not.toEqual([]);
    const [turn] = await world.sql<{ id: string }>`select id from turns order by started_at desc limit 1`;
    await customer.send("", { type: "revoke", revoke: { original_message_id: sent.waMessageId } });
    const turnId = turn?.id ?? "";
    const used = { inputTokens: 1, cachedTokens: 0, outputTokens: 1, costUsd: 0, models: [] };
    const comparison = { turnId, model: null, used, usd: 0 };
    await createComparisonStore(world).record({ ...comparison, exchanges: { prompts: {}, calls } });
    expect(await world.sql`select from exchanges where turn_id = ${turnId}::uuid`).toEqual([]);
  });

  test("what words decided, and what the model sorted, is not sorted again", async () => {
    await ask("hola");
    expect(world.model.requests.filter(({ kind }) => kind === "classify")).toHaveLength(0);
    world.model.requests.length = 0;
    expect((await ask(UNCLEAR)).turn?.guess).not.toHaveProperty("model");
    expect(world.model.requests.filter(({ kind }) => kind === "classify")).toHaveLength(1);
  });

  test("a model that does not answer costs the turn nothing", async () => {
    failClassification();
    const { turn } = await ask(ORDER);
    expect(turn).toMatchObject({ intent: "order_status", decided_by: "likeness", errors: [] });
    expect(turn?.guess).not.toHaveProperty("model");
  });
});

test("the same share of all turns is in the sample, whoever asks", () => {
  const ids = Array.from({ length: 20_000 }, () => crypto.randomUUID());
  const share = ids.filter((id) => isSampled(id, 0.02)).length / ids.length;
  expect(share).toBeGreaterThan(0.014);
  expect(share).toBeLessThan(0.027);
  const [id = ""] = ids;
  expect([isSampled(id, 1), isSampled(id, 0)]).toEqual([true, false]);
});

describe("switched off", () => {
  beforeAll(async () => {
    await world.close();
    await start("off")();
  });

  test("nothing is guessed", async () => {
    const { turn, asked } = await ask(ORDER);
    expect(asked).toBe(true);
    expect(turn).toMatchObject({ decided_by: "model", guess: null });
  });
});
