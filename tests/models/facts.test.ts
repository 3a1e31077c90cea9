import { expect, test } from "vitest";
import { parseEnv } from "../../lib/config/env.ts";
import { createFactsOf, knownModels, modelFacts } from "../../lib/config/models.ts";
import { budgetUsd, costUsd } from "../../lib/turn/state/cost.ts";

const NEEDED = {
  WHATSAPP_APP_SECRET: "long-enough",
  WHATSAPP_VERIFY_TOKEN: "verify",
  WHATSAPP_ACCESS_TOKEN: "token",
  WHATSAPP_PHONE_NUMBER_ID: "1",
  OPENAI_API_KEY: "key",
  KV_REST_API_URL: "https://kv.example",
  KV_REST_API_TOKEN: "cache",
  POSTGRES_URL: "postgres://db.example/x",
};
const stated = (models: unknown) =>
  parseEnv({ ...NEEDED, MODELS: typeof models === "string" ? models : JSON.stringify(models) }).MODELS;

test.each([
  ["gpt-4o", { temperature: true, shutdown: "2027-01-14", successor: "gpt-6-luna" }],
  ["gpt-4o-mini-2024-07-18", { outputUsd: 0.6, shutdown: "2027-01-14", successor: "gpt-6-luna" }],
  ["gpt-4o-mini-transcribe", { minuteUsd: 0.003, shutdown: "2027-02-26", successor: "gpt-transcribe" }],
  ["gpt-6-luna", { temperature: false, tokenLimit: "max_completion_tokens", vision: true, shutdown: null }],
  ["gpt-6.1-terra-2026-10-26", { inputUsd: 1, thinks: true, tools: true }],
  ["gpt-5.6-luna", { efforts: ["none", "low", "medium", "high"], tools: true, inputUsd: null }],
  ["gpt-5.3-codex", { efforts: [], thinks: true }],
  ["gpt-6.1-sol", { tools: false, jsonSchema: true }],
  // Not in the table: nothing that many services refuse.
  [
    "llama3.3:70b",
    { temperature: false, tokenLimit: "max_tokens", efforts: [], thinks: false, inputUsd: null },
  ],
  ["ft:gpt-4o-mini-2024-07-18:org::id", { temperature: false, inputUsd: null, shutdown: null }],
  ["gpt-7-nova", { temperature: false, tokenLimit: "max_completion_tokens", thinks: true, efforts: [] }],
  ["o9", { tokenLimit: "max_completion_tokens", thinks: true }],
  ["gpt-5-chat-latest", { tokenLimit: "max_tokens", thinks: false }],
  ["olmo-3", { tokenLimit: "max_tokens", thinks: false }],
  ["constructor", { inputUsd: null, successor: null }],
])("knows of %s", (id, facts) => expect(modelFacts(id)).toMatchObject(facts));

test("a model that ends names a known one that stays, and each least effort goes with tools", () => {
  for (const [id, { shutdown, successor, efforts, tools }] of Object.entries(knownModels)) {
    expect([id, shutdown === null]).toEqual([id, successor === null]);
    if (successor) expect(knownModels[successor]?.shutdown).toBeNull();
    if (efforts.length > 0)
      expect([id, tools]).toEqual([id, efforts[0] === "none" || efforts[0] === "minimal"]);
  }
});

test("MODELS adds models, replaces single facts, and decides the cost", () => {
  const factsOf = createFactsOf(
    stated({
      "gpt-4o": { shutdown: null, inputUsd: 1 },
      "my-model": { tools: false, inputUsd: 0.2, outputUsd: 0.8 },
    }),
  );
  expect(factsOf("gpt-4o")).toMatchObject({ shutdown: null, inputUsd: 1, outputUsd: 10 });
  expect(factsOf("gpt-4o-2024-08-06").inputUsd).toBe(1);
  expect(factsOf("my-model")).toMatchObject({ tools: false, jsonSchema: true });
  const usages = [{ model: "my-model", inputTokens: 1_000_000, outputTokens: 1_000_000 }];
  expect([costUsd(usages), costUsd(usages, factsOf), budgetUsd(usages, factsOf)]).toEqual([null, 1, 1]);
  expect(stated("")).toEqual({});
});

test.each([
  ["{", "it is not a JSON object"],
  [[], "it is not a JSON object"],
  [{ m: 1 }, 'model "m" must be an object of inputUsd'],
  [{ m: { temprature: false } }, 'model "m" has an unknown field; it may have inputUsd'],
  [{ m: { temperature: "no" } }, 'model "m": temperature must be true or false'],
  [{ m: { inputUsd: -1 } }, 'model "m": inputUsd must be US dollars, 0 or more'],
  [{ m: { efforts: ["some"] } }, 'model "m": efforts must be a list of some of none, minimal'],
  [{ m: { omit: ["temprature"] } }, 'model "m": omit must be a list of some of max_tokens'],
  [{ m: { shutdown: "14.1.2027" } }, 'model "m": shutdown must be a day such as "2027-01-14"'],
  [{ m: { successor: "" } }, 'model "m": successor must be a model id'],
  [{ m: { constructor: 1 } }, 'model "m" has an unknown field'],
])("MODELS=%j is refused with model, field and fix", (models, said) => {
  expect(() => stated(models)).toThrow(said);
  expect(() => stated(models)).toThrow(/^MODELS is not valid: set it to a JSON object of facts about models/);
});
