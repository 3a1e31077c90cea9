import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { parseEnv } from "../../lib/config/env.ts";
import { knownModels } from "../../lib/config/models.ts";
import { chosenModels, configuredModels, MODEL_PROFILES } from "../../lib/config/profiles.ts";
import { readSettings } from "../../scripts/doctor/settings.ts";
import { startWorld, type World } from "../support/world.ts";

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
const envOf = (settings: Record<string, string> = {}) => parseEnv({ ...NEEDED, ...settings });

describe("the models of a deployment", () => {
  test("are GPT-4o and GPT-4o mini where nothing is set", () => {
    expect(chosenModels(envOf())).toEqual({
      intent: "gpt-4o-mini",
      replies: { simple: "gpt-4o", standard: "gpt-4o", hard: "gpt-4o" },
      fallback: "gpt-4o-mini",
      chosenBy: "quality",
    });
  });

  test.each(MODEL_PROFILES)(
    "have prices in the profile %s, and cost no more than those of the one before",
    (profile) => {
      const { intent, replies, fallback } = chosenModels(envOf({ MODEL_PROFILE: profile }));
      const before = MODEL_PROFILES[MODEL_PROFILES.indexOf(profile) - 1] ?? profile;
      const dearer = chosenModels(envOf({ MODEL_PROFILE: before })).replies;
      const usd = (model: string) => knownModels[model]?.inputUsd ?? Number.NaN;
      for (const model of [intent, fallback, ...Object.values(replies)])
        expect(usd(model)).toBeGreaterThan(0);
      for (const tier of ["simple", "standard", "hard"] as const)
        expect(usd(replies[tier])).toBeLessThanOrEqual(usd(dearer[tier]));
      expect(usd(replies.hard)).toBeGreaterThanOrEqual(usd(replies.simple));
    },
  );

  test("are those that variables name, whatever the profile", () => {
    const env = envOf({ MODEL_PROFILE: "balanced", REPLY_MODEL: "mine", INTENT_MODEL: "small" });
    expect(chosenModels(env)).toEqual({
      intent: "small",
      replies: { simple: "mine", standard: "mine", hard: "mine" },
      fallback: "gpt-6-luna",
      chosenBy: "REPLY_MODEL",
    });
    expect(chosenModels(env, "quality").replies.hard).toBe("mine");
  });

  test("are named with the variable to set", () => {
    expect(configuredModels(envOf({ MODEL_PROFILE: "balanced" }))).toEqual([
      { model: "gpt-6-luna", variable: "INTENT_MODEL" },
      { model: "gpt-6-luna", variable: "REPLY_MODEL" },
      { model: "gpt-6.1-terra", variable: "REPLY_MODEL" },
      { model: "gpt-6-luna", variable: "FALLBACK_MODEL" },
      { model: "gpt-4o-mini-transcribe", variable: "TRANSCRIPTION_MODEL" },
    ]);
  });

  test("a profile that is none is refused with its fix", () => {
    expect(() => envOf({ MODEL_PROFILE: "cheap" })).toThrow(
      "MODEL_PROFILE is not valid: set it to quality, balanced, economy, or unset: the first of them",
    );
  });

  test.each<[Record<string, string>, string, RegExp]>([
    [{}, "ok", /^quality: gpt-4o-mini classifies, gpt-4o replies, gpt-4o-mini stands in$/],
    [{ MODEL_PROFILE: "balanced" }, "ok", /gpt-6-luna to simple and gpt-6\.1-terra to hard intents/],
    [{ REPLY_MODEL: "mine" }, "ok", /^REPLY_MODEL comes first: .*mine replies/],
    [{ MODEL_PROFILE: "balanced", REPLY_MODEL: "mine" }, "warning", /^REPLY_MODEL comes first/],
  ])("the doctor says which answer, and why: %j", (settings, status, message) => {
    const { findings } = readSettings({ ...NEEDED, ...settings });
    expect(findings.find(({ name }) => name === "MODEL_PROFILE")).toMatchObject({
      status,
      message: expect.stringMatching(message),
    });
  });
});

describe("a turn", () => {
  let world: World;
  let people = 0;
  beforeAll(async () => {
    world = await startWorld({ env: { MODEL_PROFILE: "balanced", INTENT_FAST_PATH: undefined } });
  });
  afterAll(() => world.close());
  beforeEach(() => {
    world.model.setFault(null);
  });

  async function turnTo(text: string) {
    people += 1;
    await world.customer(`519410${people + 1_000}`).send(text);
    await world.drain();
    const [turn] = await world.sql`
      select reply_model as model, model_choice as choice, rung from turns order by started_at desc limit 1`;
    return turn;
  }
  const setProfile = (profile: string | null) => world.sql`
    update tenants set profile = case when ${profile}::text is null then profile - 'modelProfile'
      else profile || jsonb_build_object('modelProfile', ${profile}::text) end`;

  test("is answered by the model of its intent's tier", async () => {
    expect(await turnTo("¿cuánto cuesta el envío?")).toEqual({
      ...{ model: "gpt-6-luna", choice: "balanced/standard", rung: "full" },
    });
    expect(await turnTo("me siento estafado, el poncho llegó roto")).toEqual({
      ...{ model: "gpt-6.1-terra", choice: "balanced/hard", rung: "full" },
    });
  });

  test("is answered by the company's own profile", async () => {
    await setProfile("quality");
    expect(await turnTo("¿hacen delivery?")).toMatchObject({ model: "gpt-4o", choice: "quality/standard" });
    await setProfile(null);
    expect(await turnTo("¿hacen delivery?")).toMatchObject({ choice: "balanced/standard" });
  });

  test("says when another model stood in", async () => {
    world.model.setFault(({ model }) => (model === "gpt-6.1-terra" ? { status: 404, body: "" } : null));
    expect(await turnTo("el poncho llegó roto, quiero reclamar")).toMatchObject({
      ...{ model: "gpt-6-luna", choice: "fallback", rung: "fallback_model" },
    });
  });
});
