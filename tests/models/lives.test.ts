import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { create as createWatch } from "../../api/cron/health.ts";
import { create as createHealthEndpoint } from "../../api/health.ts";
import type { Health } from "../../lib/jobs/health.ts";
import { SAMPLES, voiceNote } from "../media/support.ts";
import { type Slack, startSlack } from "../support/slack.ts";
import { startWorld, WORLD, type World } from "../support/world.ts";
import { createBot } from "./bot.ts";

let world: World;
let slack: Slack;
let people = 0;
const warned = vi.spyOn(console, "warn");
const informed = vi.spyOn(console, "info");
// What the company is told is logged as well.
vi.spyOn(console, "log").mockImplementation(() => {});

beforeAll(async () => {
  slack = await startSlack();
  world = await startWorld({ env: { SLACK_WEBHOOK_URL: slack.url, MODELS: undefined } });
});
afterAll(async () => {
  await world.close();
  await slack.close();
});
beforeEach(async () => {
  slack.told.length = 0;
  world.model.setLives({});
  await world.sql`delete from single_alerts`;
  await world.sql`delete from alerts`;
});
// The provider package warns on the console of what it leaves out of a request.
afterEach(() => {
  expect(warned.mock.calls).toEqual([]);
  expect(informed.mock.calls).toEqual([]);
});

const phone = () => `5191700${1000 + ++people}`;
const asked = (from: number) => world.model.requests.slice(from).map(({ kind, model }) => `${kind} ${model}`);
const DAY_BEFORE = "2027-01-13T23:59:50Z";
const LAST_DAY = "2027-01-14T00:00:00Z";

function picture(caption: string) {
  const id = world.graph.media.put({ bytes: SAMPLES.jpeg, mimeType: "image/jpeg" }, WORLD.phoneNumberId);
  return {
    type: "image",
    text: undefined,
    image: { id, mime_type: "image/jpeg", sha256: "x", caption },
  };
}

const MODELS: [model: string, effort: string | null, temperature: number | null][] = [
  ["gpt-4o", null, 0.2],
  ["gpt-5-mini", "minimal", null],
  ["gpt-6-luna", "none", null],
  ["gpt-6.1-terra", "none", null],
  ["gpt-6-sol", "none", null],
  ["my-model", null, null],
];

test.each(MODELS)(
  "%s answers in all roles, with schema, forced tool and picture, and is refused nothing",
  async (model, effort, temperature) => {
    const from = world.model.requests.length;
    const bot = createBot(world, { INTENT_MODEL: model, REPLY_MODEL: model, FALLBACK_MODEL: model });
    const { replies, turn } = await bot.ask(phone(), "", picture("Quiero hablar con un asesor"));
    expect(turn).toMatchObject({ rung: "full", errors: [], intentModel: model, replyModel: model });
    expect(replies).toHaveLength(1);
    const asked = world.model.requests.slice(from);
    expect(new Set(asked.map((request) => request.model))).toEqual(new Set([model]));
    // At the first attempt.
    expect(asked[0]).toMatchObject({ kind: "classify", effort, temperature });
    expect(asked[1]).toMatchObject({ kind: "tools", effort });
    const forced = { type: "function", function: { name: "handoff" } };
    expect(asked.map(({ toolChoice }) => toolChoice)).toContainEqual(forced);
    expect(asked.flatMap(({ messages }) => messages.flatMap(({ images }) => images))).not.toEqual([]);
  },
);

test("a model that calls no tool in chat completions answers without", async () => {
  const from = world.model.requests.length;
  const model = "gpt-6.1-sol";
  const bot = createBot(world, { INTENT_MODEL: model, REPLY_MODEL: model, FALLBACK_MODEL: model });
  const { replies, turn } = await bot.ask(phone(), "¿Cuánto cuesta el envío?");
  expect(turn).toMatchObject({ rung: "full", errors: [], replyModel: model });
  expect(replies).toHaveLength(1);
  expect(asked(from)).toEqual([`classify ${model}`, `text ${model}`]);
  // Its thoughts count against the limit.
  expect(world.model.requests.at(-1)).toMatchObject({ effort: "low", maxTokens: 1_300 });
});

test.each([
  [DAY_BEFORE, "gpt-4o-mini", "gpt-4o", []],
  [LAST_DAY, "gpt-6-luna", "gpt-6-luna", ["gpt-4o-mini has", "gpt-4o has"]],
])("on %s the models are %s and %s", async (today, intentModel, replyModel, alerts) => {
  const bot = createBot(world, {}, today);
  for (let message = 0; message < 2; message++) {
    const { replies, turn } = await bot.ask(phone(), "¿Cuánto cuesta el envío?");
    expect(replies).toHaveLength(1);
    expect(turn).toMatchObject({ rung: "full", errors: [], intentModel, replyModel });
    expect(turn.costUsd).toBeLessThan(replyModel === "gpt-4o" ? 0.02 : 0.001);
  }
  expect(slack.told).toHaveLength(alerts.length);
  for (const alert of alerts) expect(slack.told.join("\n")).toContain(alert);
});

test("a model that is gone in the middle of a conversation costs no reply; all instances alert once", async () => {
  const bot = createBot(world, {});
  const customer = phone();
  expect((await bot.ask(customer, "¿Cuánto cuesta el envío?")).turn).toMatchObject({ replyModel: "gpt-4o" });
  world.model.setLives({ ended: ["gpt-4o"] });
  let from = world.model.requests.length;
  const { replies, turn } = await bot.ask(customer, "¿Y qué hacen?");
  expect(replies).toHaveLength(1);
  expect(turn).toMatchObject({
    rung: "full",
    errors: [],
    intentModel: "gpt-4o-mini",
    replyModel: "gpt-6-luna",
  });
  expect(asked(from).filter((call) => call.endsWith("gpt-4o"))).toHaveLength(1);

  from = world.model.requests.length;
  expect((await bot.ask(customer, "¿Cuánto cuesta el envío?")).turn.replyModel).toBe("gpt-6-luna");
  expect(asked(from).filter((call) => call.endsWith("gpt-4o"))).toEqual([]);

  // Another instance, or this one after a restart.
  expect((await createBot(world, {}).ask(customer, "¿Cuánto cuesta el envío?")).turn.replyModel).toBe(
    "gpt-6-luna",
  );
  expect(slack.told).toEqual([
    expect.stringMatching(/gpt-4o is not found .* gpt-6-luna answers .*set REPLY_MODEL to gpt-6-luna/),
  ]);
});

test("a chain of successors is followed, past those that have ended too", async () => {
  const MODELS = JSON.stringify({
    old: { successor: "middle", shutdown: "2026-01-01" },
    middle: { successor: "young" },
    young: { inputUsd: 1, outputUsd: 1 },
  });
  world.model.setLives({ ended: ["middle"] });
  const settings = { MODELS, INTENT_MODEL: "old", REPLY_MODEL: "old", FALLBACK_MODEL: "young" };
  const { turn } = await createBot(world, settings).ask(phone(), "¿Cuánto cuesta el envío?");
  expect(turn).toMatchObject({ rung: "full", errors: [], intentModel: "young", replyModel: "young" });
  expect(turn.costUsd).toBeGreaterThan(0);
});

test("a service that keeps the model, and has no successor, goes on with it", async () => {
  world.model.setLives({ ended: ["gpt-6-luna"] });
  const { turn } = await createBot(world, {}, "2027-02-01T00:00:00Z").ask(
    phone(),
    "¿Cuánto cuesta el envío?",
  );
  expect(turn).toMatchObject({ rung: "full", errors: [], replyModel: "gpt-4o" });
});

test("a model without a successor goes down the ladder, and the company hears of it", async () => {
  world.model.setLives({ ended: ["lonely"] });
  const { turn, replies } = await createBot(world, { REPLY_MODEL: "lonely" }).ask(
    phone(),
    "¿Cuánto cuesta el envío?",
  );
  expect(replies).toHaveLength(1);
  expect(turn).toMatchObject({ rung: "fallback_model", replyModel: "gpt-4o-mini" });
  expect(slack.told).toEqual([expect.stringContaining("lonely is not found")]);
});

test.each([
  ["by its date", "2027-02-26T00:00:00Z", []],
  ["when it is gone", undefined, ["gpt-4o-mini-transcribe"]],
])("a voice note is heard by the successor %s", async (_name, today, ended) => {
  world.model.setLives({ ended });
  const id = world.graph.media.put(
    { bytes: voiceNote(60, "¿Cuánto cuesta el envío?"), mimeType: "audio/ogg; codecs=opus" },
    WORLD.phoneNumberId,
  );
  const audio = { id, mime_type: "audio/ogg; codecs=opus", sha256: "x", voice: true };
  const { replies, turn } = await createBot(world, { MODELS: world.environment.MODELS }, today).ask(
    phone(),
    "",
    {
      ...{ type: "audio", text: undefined, audio },
    },
  );
  expect(replies).toEqual([expect.stringContaining("S/ 10")]);
  expect(turn.errors).toEqual([]);
  expect(world.model.requests.findLast(({ kind }) => kind === "transcribe")?.model).toBe("gpt-transcribe");
  // A minute of the successor costs 0.0045.
  expect(turn.costUsd).toBeGreaterThan(0.0045);
  expect(slack.told.join("\n")).toContain("gpt-4o-mini-transcribe");
});

test("health says, and the watch tells of, the end 60, 30 and 7 days ahead, by the service's date, on each once for all instances", async () => {
  world.model.setLives({
    shutdownDates: { "gpt-4o": "2027-03-01", "gpt-4o-mini": undefined, "gpt-4o-mini-transcribe": undefined },
  });
  const look = async (today: string) => {
    slack.told.length = 0;
    const bot = createBot(world, {}, today);
    const [health, watch] = [createHealthEndpoint(bot.platform), createWatch(bot.platform)];
    const ask = async () => {
      const headers = { authorization: `Bearer ${WORLD.cronSecret}` };
      const response = await health(new Request(`${world.url}/api/health`, { headers }));
      await watch(new Request(`${world.url}/api/cron/health`, { headers }));
      await bot.drain();
      return (await response.json()) as Health;
    };
    return {
      ends: (await ask()).modelEnds,
      alerts: slack.told.filter((told) => told.includes("gpt-")).sort(),
    };
  };
  // Ahead of its own date the service says nothing of, the table does.
  expect((await look("2026-11-14T12:00:00Z")).ends).toEqual([]);
  expect(await look("2026-11-15T12:00:00Z")).toEqual({
    ends: [{ model: "gpt-4o-mini", shutdown: "2027-01-14", daysLeft: 60, successor: "gpt-6-luna" }],
    alerts: [
      expect.stringMatching(
        /gpt-4o-mini ends on 2027-01-14, in 60 days; gpt-6-luna answers .*set INTENT_MODEL, FALLBACK_MODEL to gpt-6-luna/,
      ),
    ],
  });
  expect((await look("2026-11-16T12:00:00Z")).alerts).toEqual([]);
  expect((await look("2026-12-15T00:00:00Z")).alerts).toEqual([expect.stringContaining("in 30 days")]);
  const { ends, alerts } = await look("2027-01-10T00:00:00Z");
  expect(ends.map(({ model, daysLeft }) => `${model} ${daysLeft}`)).toEqual([
    ...["gpt-4o-mini 4", "gpt-4o-mini-transcribe 47", "gpt-4o 50"],
  ]);
  expect(alerts).toEqual([
    expect.stringContaining("ticket: gpt-4o ends on 2027-03-01, in 50 days"),
    expect.stringContaining("ticket: gpt-4o-mini-transcribe ends on 2027-02-26, in 47 days"),
    expect.stringContaining("worse: gpt-4o-mini ends on 2027-01-14, in 4 days"),
  ]);
  // Once ended it is the turn that says so.
  expect((await look("2027-01-14T00:00:00Z")).alerts).toEqual([]);
});
