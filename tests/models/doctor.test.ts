import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type OfflineModel, startOfflineModel } from "../../fakes/model/server.ts";
import { SERVICE_WORDS } from "../../fakes/model/services/words.ts";
import { parseEnv } from "../../lib/config/env.ts";
import type { Feature } from "../../lib/config/features.ts";
import { checkModel } from "../../scripts/doctor/models/check.ts";
import { modelEnds } from "../../scripts/doctor/models/ends.ts";

let service: OfflineModel;
let count = 0;
beforeAll(async () => {
  service = await startOfflineModel();
});
afterAll(() => service.close());
beforeEach(() => {
  service.setFault(null);
  service.setService(null);
  service.setLives({});
});

const envOf = (settings: Record<string, string>) =>
  parseEnv({
    ...{
      WHATSAPP_APP_SECRET: "long-enough",
      WHATSAPP_VERIFY_TOKEN: "verify",
      WHATSAPP_ACCESS_TOKEN: "token",
    },
    ...{ WHATSAPP_PHONE_NUMBER_ID: "1", KV_REST_API_URL: "https://kv.example", KV_REST_API_TOKEN: "cache" },
    ...{ POSTGRES_URL: "postgres://db.example/x", OPENAI_API_KEY: "key", OPENAI_BASE_URL: service.url },
    ...settings,
  });

/** What the doctor says of a model in these roles; without an id it is one that nobody has met. */
async function check(settings: { model?: string; roles?: string[]; MODELS?: string } = {}) {
  const { model = `model-${++count}`, roles = ["INTENT_MODEL", "REPLY_MODEL"], MODELS = "{}" } = settings;
  const from = service.requests.length;
  const env = envOf({ ...Object.fromEntries(roles.map((role) => [role, model])), MODELS });
  const outcome = await checkModel(env, model);
  return { ...outcome, asked: service.requests.slice(from) };
}

test("a model is tried with all that the bot sends it: schema, tools, a forced tool, a picture", async () => {
  const { asked, ...outcome } = await check();
  expect(outcome).toMatchObject({
    status: "ok",
    message: expect.stringMatching(/schema.*forced.*picture/),
    fix: null,
  });
  expect(asked.filter(({ schema }) => schema !== null)).toHaveLength(1);
  const [first, second] = asked.filter(({ tools }) => tools.length > 0);
  expect(first).toMatchObject({ toolChoice: { function: { name: "handoff" } } });
  expect(second).toMatchObject({ toolChoice: "auto" });
  expect(first?.messages.flatMap(({ images }) => images)).toHaveLength(1);
  // A run costs less than a cent of a dollar with GPT-4o.
  const sent = asked.flatMap(({ messages }) => messages.map(({ text }) => text.length));
  expect(sent.reduce((sum, length) => sum + length, 0)).toBeLessThan(16_000);
});

test.each(["gpt-4o", "gpt-5-mini", "gpt-6-luna", "gpt-6.1-terra", "gpt-6.1-sol"])(
  "%s has nothing to complain of",
  async (model) => {
    expect(await check({ model })).toMatchObject({ status: "ok" });
  },
);

const CAN_DO_WITHOUT: Feature[] = [
  "max_tokens",
  "temperature",
  "json_schema",
  "forced_tool",
  "tools",
  "vision",
];

/** Words of a service, and the features that it refuses. */
const serviceOf = (name: string, refuses: Feature[]) => ({
  refuses,
  words: SERVICE_WORDS[name] ?? (() => ({ status: 400, body: "" })),
});
const takesTemperature = () => JSON.stringify({ [`model-${count + 1}`]: { temperature: true } });

test.each(CAN_DO_WITHOUT)(
  "when %s is refused it is named, and that the bot works without",
  async (feature) => {
    service.setService(serviceOf("openai", [feature]));
    const { status, message } = await check({ MODELS: takesTemperature() });
    expect([status, message]).toEqual(["warning", expect.stringMatching(`^works without .*${feature}`)]);
  },
);

test.each<[Feature, string]>([
  ["json_schema", "warning"],
  ["tools", "warning"],
  // The bot does not guess these.
  ["vision", "failed"],
  ["max_tokens", "failed"],
])("when a service refuses %s without a word, the doctor finds it", async (feature, status) => {
  service.setService(serviceOf("silent", [feature]));
  const outcome = await check();
  expect(outcome).toMatchObject({ status, message: expect.stringContaining(feature) });
  if (status === "failed") expect(outcome.fix).toMatch(/^MODELS='\{"model-\d+":\{"/);
});

test("a schema that is refused in every form is a failure that names it, and the way out", async () => {
  const body = { error: { message: "response_format is not supported", param: "response_format" } };
  service.setFault(({ kind }) => (kind === "classify" || kind === "text" ? { status: 400, body } : null));
  const { status, message, fix } = await check({ roles: ["INTENT_MODEL"] });
  expect({ status, message }).toEqual({
    status: "failed",
    message: expect.stringMatching(/^classification: json_\w+ is refused by model-\d+ \(HTTP 400\)$/),
  });
  expect(fix).toMatch(
    /^set INTENT_MODEL to a model that takes it, or MODELS='\{"model-\d+":\{"omit":\["json_/,
  );
});

test.each([
  [
    "a missing model",
    { status: 404, body: { error: { code: "model_not_found" } } },
    /the service has no model/,
    /^set REPLY_MODEL/,
  ],
  ["a refused key", { status: 401 }, /refuses the key \(HTTP 401\)/, /OPENAI_API_KEY/],
  [
    "an empty account",
    { status: 429, body: { error: { code: "insufficient_quota" } } },
    /no quota left/,
    /billing/,
  ],
  ["a broken service", { status: 500 }, /HTTP 500/, /status page/],
  ["an answer that is none", { garbage: "<html>" }, /no usable answer/, /OPENAI_BASE_URL/],
])("%s is told apart", async (_name, fault, message, fix) => {
  service.setFault(() => fault);
  const outcome = await check({ roles: ["REPLY_MODEL"] });
  expect(outcome).toMatchObject({
    status: "failed",
    message: expect.stringMatching(message),
    fix: expect.stringMatching(fix),
  });
});

test("of a model that is gone the doctor names the one that answers", async () => {
  service.setLives({ ended: ["gpt-4o-mini"] });
  expect(await check({ model: "gpt-4o-mini", roles: ["INTENT_MODEL", "FALLBACK_MODEL"] })).toMatchObject({
    status: "warning",
    message: expect.stringContaining("gpt-6-luna answers in its place"),
    fix: "set INTENT_MODEL, FALLBACK_MODEL to gpt-6-luna",
  });
});

test("a recording is tried, and without one the bot still works", async () => {
  const roles = ["TRANSCRIPTION_MODEL"];
  const { asked, status } = await check({ model: "gpt-4o-mini-transcribe", roles });
  expect([status, asked.map(({ audio }) => audio?.seconds)]).toEqual(["ok", [0.3]]);
  service.setFault(() => ({ status: 404, body: "404 page not found" }));
  expect(await check({ roles })).toMatchObject({
    status: "warning",
    message: expect.stringContaining("recordings are not transcribed"),
  });
});

test("a model that ends is named with its day, its successor and the variable to set", async () => {
  service.setLives({ shutdownDates: { "gpt-4o": "2020-01-14" } });
  expect(await modelEnds(envOf({}))).toEqual([
    expect.objectContaining({
      name: "end of gpt-4o",
      status: "warning",
      message: expect.stringMatching(/2020-01-14, says the service; gpt-6-luna answers .*, and works$/),
      fix: expect.stringContaining("set REPLY_MODEL to gpt-6-luna"),
    }),
  ]);
  service.setLives({ shutdownDates: { "gpt-4o": "2020-01-14" }, ended: ["gpt-6-luna"] });
  const [end] = await modelEnds(envOf({}));
  expect(end?.message).toContain("but does not work: reply: the service has no model gpt-6-luna");
});
