import { createOpenAI } from "@ai-sdk/openai";
import { generateObject, generateText, type ToolSet, tool } from "ai";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { type OfflineModel, startOfflineModel } from "../../fakes/model/server.ts";
import { SERVICE_WORDS } from "../../fakes/model/services/words.ts";
import { systemClock } from "../../lib/compose/clock.ts";
import type { Feature } from "../../lib/config/features.ts";
import { type Asking, NoToolsError, patientModel } from "../../lib/model/ask.ts";
import { createDialect, type Dialect } from "../../lib/model/dialect.ts";
import { MAX_PAUSE_MS } from "../../lib/model/patience.ts";

let model: OfflineModel;
beforeAll(async () => {
  model = await startOfflineModel();
});
afterAll(() => model.close());

const PIXEL = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
const tools: ToolSet = {
  lookup: tool({ description: "Looks things up.", inputSchema: z.object({ query: z.string() }) }),
};
const QUESTION = "¿Cuánto cuesta el envío?";
const SCHEMA = z.object({ sure: z.boolean() });

const newDialect = () => createDialect({ omit: [], now: Date.now });
const asking = (): Asking => ({
  clock: systemClock,
  endsAtMs: Date.now() + 5_000,
  maxPauseMs: MAX_PAUSE_MS,
  signal: AbortSignal.timeout(5_000),
  onLostCall: () => {},
});

/** One call that has every feature but `developer` and `repeated_role`, which some ids or transcripts bring along. */
function ask(feature: Feature, dialect: Dialect): Promise<unknown> {
  const id = feature === "developer" || feature === "max_completion_tokens" ? "gpt-7-mini" : "some-model";
  const chat = createOpenAI({ baseURL: model.url, apiKey: "any" }).chat(id);
  const call = {
    model: patientModel({ model: chat, dialect }, asking()),
    system: "You help.",
    ...(id === "some-model" && { temperature: 0.7 }),
    ...{ maxOutputTokens: 50, maxRetries: 0 },
    ...(feature === "reasoning_effort" && { providerOptions: { openai: { reasoningEffort: "low" } } }),
  };
  const hello = { role: "user", content: QUESTION } as const;
  const picture = { type: "image", image: PIXEL, mediaType: "image/png" } as const;
  const messages = [
    ...(feature === "repeated_role" ? [hello] : []),
    feature === "vision"
      ? { ...hello, content: [{ type: "text", text: QUESTION } as const, picture] }
      : hello,
  ];
  if (feature === "json_schema" || feature === "json_object" || feature === "strict")
    return generateObject({ ...call, messages, schema: SCHEMA });
  const toolChoice = feature === "forced_tool" ? ({ type: "tool", toolName: "lookup" } as const) : "auto";
  const withTools = feature === "tools" || feature === "forced_tool" || feature === "tool_choice";
  return generateText({ ...call, messages, ...(withTools && { tools, toolChoice }) });
}

const FEATURES: readonly Feature[] = [
  ...([
    "max_tokens",
    "max_completion_tokens",
    "temperature",
    "reasoning_effort",
    "json_schema",
    "strict",
  ] as const),
  ...([
    "json_object",
    "tools",
    "forced_tool",
    "tool_choice",
    "vision",
    "system",
    "developer",
    "repeated_role",
  ] as const),
];

/** Requests made by a call: how many, and how many of them were refused. */
async function counted(call: () => Promise<unknown>): Promise<number> {
  const before = model.requests.length;
  await call();
  return model.requests.length - before;
}

describe.each(Object.entries(SERVICE_WORDS))(
  "what %s refuses is left out, once and for all:",
  (name, words) => {
    test.each(FEATURES)("%s", async (feature) => {
      if (name === "silent" && !NAMELESS.has(feature)) return;
      const dialect = newDialect();
      const both: Feature[] = feature === "json_object" ? ["json_schema", feature] : [feature];
      model.setService({ refuses: both, words });
      if (feature === "tools") {
        await expect(ask(feature, dialect)).rejects.toThrow(NoToolsError);
        return;
      }
      expect(await counted(() => ask(feature, dialect))).toBeLessThanOrEqual(4);
      expect(await counted(() => ask(feature, dialect))).toBe(1);
      if (name === "silent") return;
      const expected: readonly Feature[] = [...both, ...(RELATED[feature] ?? [])];
      expect(expected).toEqual(expect.arrayContaining([...dialect.omitted()]));
    });
  },
);

/** Features that are left out when a service refuses and says nothing. */
const NAMELESS: ReadonlySet<Feature> = new Set([
  ...(["temperature", "reasoning_effort", "json_schema", "strict", "json_object"] as const),
  ...(["tools", "forced_tool", "tool_choice"] as const),
]);

/** Left out besides, where the words fit both. */
const RELATED: Partial<Record<Feature, readonly Feature[]>> = {
  strict: ["json_schema", "json_object"],
  developer: ["system"],
  system: ["developer"],
};
