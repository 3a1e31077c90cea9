import { createOpenAI } from "@ai-sdk/openai";
import { generateObject, generateText, type ToolSet, tool } from "ai";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { type OfflineModel, startOfflineModel } from "../../fakes/model/server.ts";
import { SERVICE_WORDS } from "../../fakes/model/services/words.ts";
import { systemClock } from "../../lib/compose/clock.ts";
import type { Feature } from "../../lib/config/features.ts";
import { type Asking, NoToolsError, patientModel } from "../../lib/model/ask.ts";
import { createDialect, type Dialect } from "../../lib/model/dialect.ts";
import { MAX_PAUSE_MS } from "../../lib/model/patience.ts";
import { SEED } from "../support/seed.ts";

let model: OfflineModel;
beforeAll(async () => {
  model = await startOfflineModel();
});
afterAll(() => model.close());
beforeEach(() => {
  model.setService(null);
  model.setFault(null);
});

const PIXEL = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
const QUESTION = "¿Cuánto cuesta el envío?";
const SCHEMA = z.object({ sure: z.boolean() });
const tools: ToolSet = {
  lookup: tool({ description: "Looks things up.", inputSchema: z.object({ query: z.string() }) }),
};

const newDialect = (omit: readonly Feature[] = []) => createDialect({ omit, now: Date.now });

/** Settings of a call of a model that is known by this dialect; `lost` counts answers that were not understood. */
function asking(dialect: Dialect, id = "gpt-7-mini", lost: () => void = () => {}) {
  const chat = createOpenAI({ baseURL: model.url, apiKey: "any" }).chat(id);
  const conditions: Asking = {
    clock: systemClock,
    endsAtMs: Date.now() + 5_000,
    maxPauseMs: MAX_PAUSE_MS,
    signal: AbortSignal.timeout(5_000),
    onLostCall: lost,
  };
  return {
    model: patientModel({ model: chat, dialect }, conditions),
    ...{ maxOutputTokens: 50, maxRetries: 0, system: "You help." },
    providerOptions: { openai: { reasoningEffort: "low" } },
  };
}

const hello = { role: "user", content: "hola" } as const;
const picture = { type: "image", image: PIXEL, mediaType: "image/png" } as const;
const CONVERSATION = [
  ...[{ role: "assistant", content: "¿En qué puedo ayudar?" } as const, hello],
  { ...hello, content: [{ type: "text", text: QUESTION } as const, picture] },
];

/** Makes a call twice; the requests that each took. */
async function twice(call: () => Promise<unknown>): Promise<[first: number, second: number]> {
  const start = model.requests.length;
  await call();
  const middle = model.requests.length;
  await call();
  return [middle - start, model.requests.length - middle];
}

const ALWAYS = ["max_tokens", "max_completion_tokens", "reasoning_effort", "vision"] as const;
const ROLES = ["developer", "system", "repeated_role"] as const;
const OBJECT: readonly Feature[] = [...ALWAYS, ...ROLES, "strict", "json_schema", "json_object"];
const WORDS: readonly Feature[] = [...ALWAYS, ...ROLES, "forced_tool", "tool_choice"];

/** All of them in CI, elsewhere a third: `reasons.test.ts` tries every word of theirs. */
const SPOKEN = Object.entries(SERVICE_WORDS).filter(([name]) => name !== "silent");
const TRIED = SPOKEN.filter((_, at) => process.env.CI || (at + SEED) % 3 === 0);

describe.each(TRIED)("%s refuses all that can be refused, one after the other, and once:", (_name, words) => {
  test("an object is given all the same", async () => {
    model.setService({ refuses: OBJECT, words });
    const dialect = newDialect();
    const ask = () => generateObject({ ...asking(dialect), messages: CONVERSATION, schema: SCHEMA });
    const [first, second] = await twice(ask);
    expect(first).toBeGreaterThan(5);
    expect(second).toBe(1);
  });

  test("a forced tool is called all the same, and tools themselves may be refused", async () => {
    model.setService({ refuses: WORDS, words });
    const dialect = newDialect();
    const toolChoice = { type: "tool", toolName: "lookup" } as const;
    const ask = () => generateText({ ...asking(dialect), messages: CONVERSATION, tools, toolChoice });
    expect((await twice(ask))[1]).toBe(1);
    expect((await ask()).toolCalls).toMatchObject([{ toolName: "lookup" }]);
    model.setService({ refuses: [...WORDS, "tools"], words });
    await expect(ask()).rejects.toThrow(NoToolsError);
  });
});

describe("a service that does not say what it refuses", () => {
  const silent = SERVICE_WORDS.silent ?? expect.unreachable();

  test.each<Feature>(["reasoning_effort", "json_schema"])("%s", async (feature) => {
    model.setService({ refuses: [feature], words: silent });
    const dialect = newDialect();
    expect(await twice(() => generateObject({ ...asking(dialect), prompt: "hola", schema: SCHEMA }))).toEqual(
      [2, 1],
    );
  });

  test("tools are the last that it is asked without", async () => {
    model.setService({ refuses: ["tools"], words: silent });
    await expect(generateText({ ...asking(newDialect()), prompt: "hola", tools })).rejects.toThrow(
      NoToolsError,
    );
  });

  test("and what was left out in vain is not remembered", async () => {
    model.setFault(() => ({ status: 400, body: "Bad Request" }));
    const dialect = newDialect();
    await expect(generateText({ ...asking(dialect), prompt: "hola" })).rejects.toThrow();
    expect(dialect.omitted().size).toBe(0);
  });
});

describe("a completion that is shaped otherwise", () => {
  const completion = (message: object, more: object = {}) =>
    JSON.stringify({ choices: [{ message, ...more }], usage: { prompt_tokens: "7", completion_tokens: 3 } });
  const call = { name: "lookup", arguments: { query: "envío" } };

  test.each([
    [
      "a list of parts, thoughts among them",
      {
        content: [
          { type: "thinking", thinking: [{ text: "hm" }] },
          { type: "text", text: "Hola" },
        ],
      },
    ],
    ["a choice without its index", { role: "assistant", content: "Hola" }],
    ["content as an object", { content: { type: "text", text: "Hola" } }],
    ["another name for the assistant", { role: "model", content: "Hola" }],
  ])("%s", async (_name, message) => {
    model.setFault(() => ({ garbage: completion(message) }));
    const before = model.requests.length;
    const { text, usage } = await generateText({ ...asking(newDialect()), prompt: "hola" });
    expect([text, usage.inputTokens, model.requests.length - before]).toEqual(["Hola", 7, 1]);
  });

  test.each([
    ["arguments as an object, no type and no id", { tool_calls: [{ function: call }] }],
    ["the one call of the older protocol", { content: null, function_call: call }],
  ])("%s", async (_name, message) => {
    model.setFault(() => ({ garbage: completion(message, { finish_reason: "stop" }) }));
    const { toolCalls } = await generateText({ ...asking(newDialect()), prompt: "hola", tools });
    expect(toolCalls).toMatchObject([{ toolName: "lookup", input: { query: "envío" } }]);
  });
});

test("what a later refusal proves is remembered, although no answer came", async () => {
  const refuse = (param: string) => ({
    ...{ status: 400, body: { error: { message: `${param} is not supported`, param } } },
  });
  model.setFault((_request, n) =>
    n <= 2 ? refuse(n === 1 ? "max_tokens" : "temperature") : { status: 401 },
  );
  const dialect = newDialect();
  const call = { ...asking(dialect, "tienda-mini"), prompt: "hola", temperature: 0.7 };
  await expect(generateText(call)).rejects.toThrow();
  expect([...dialect.omitted()]).toEqual(["max_tokens"]);
});

test("what is known to be refused is not sent at all", async () => {
  const omit = ["system", "temperature", "max_tokens", "max_completion_tokens"] as const;
  const dialect = newDialect(omit);
  model.setService({ refuses: omit, words: SERVICE_WORDS.openai ?? expect.unreachable() });
  expect(await twice(() => generateText({ ...asking(dialect), prompt: "hola", temperature: 0.7 }))).toEqual([
    1, 1,
  ]);
});

test("a picture that cannot be read is left out of one request, not of those of others", async () => {
  const message = "You uploaded an unsupported image. Please make sure your image has a valid format.";
  const dialect = newDialect();
  model.setFault(({ messages }, n) =>
    n === 1 && messages.some(({ images }) => images.length > 0)
      ? { status: 400, body: { error: { message, code: "invalid_image" } } }
      : null,
  );
  expect(await twice(() => generateText({ ...asking(dialect), messages: CONVERSATION }))).toEqual([2, 1]);
  expect(model.requests.at(-2)?.messages.flatMap(({ images }) => images)).toEqual([]);
  expect(model.requests.at(-1)?.messages.flatMap(({ images }) => images)).toHaveLength(1);
});

test("thoughts that use up the answer's tokens are asked for once, counted, and then stopped", async () => {
  const starved = {
    ...{ id: "chatcmpl-1", object: "chat.completion", created: 1_790_000_000, model: "gpt-7-mini" },
    choices: [{ index: 0, message: { role: "assistant", content: "" }, finish_reason: "length" }],
    usage: { prompt_tokens: 10, completion_tokens: 50, total_tokens: 60 },
  };
  model.setFault((_request, n) => (n === 1 ? { garbage: JSON.stringify(starved) } : null));
  const dialect = newDialect();
  let lost = 0;
  const ask = () => generateText({ ...asking(dialect, "tienda-mini", () => lost++), prompt: "hola" });
  expect(await twice(ask)).toEqual([2, 1]);
  expect(lost).toBe(1);
  expect(model.requests.at(-1)).toMatchObject({ effort: "none", maxTokens: 1_050 });
});

test("a lesson is forgotten after an hour, what is known is not", () => {
  let now = 0;
  const dialect = createDialect({ omit: ["temperature"], now: () => now });
  dialect.learn({ features: ["tools"], tooLong: 5_000 });
  dialect.learn({ tooLong: 7_000 });
  expect([...dialect.omitted(), dialect.tooLong()]).toEqual(["temperature", "tools", 5_000]);
  now = 60 * 60_000;
  expect([...dialect.omitted(), dialect.tooLong()]).toEqual(["temperature", null]);
});
