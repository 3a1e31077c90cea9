import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createOpenAI } from "@ai-sdk/openai";
import { generateText, tool } from "ai";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { flushTelemetry, startTelemetry } from "../../lib/telemetry/setup.ts";
import { span } from "../../lib/telemetry/span.ts";
import { type OtlpSink, startOtlpSink } from "../support/otlp.ts";

const KEY = "sk-verysecretkey0001";
const TEXT = "¿Dónde está mi pedido? Soy 51987654321, ana@example.com";
const SECRETS = [KEY, "mi pedido", "51987654321", "ana@example.com"];

type Answer = { status: number; body: object };

let sink: OtlpSink;
let answers: Answer[] = [];
const model = createServer((_request, response) => {
  const { status, body } = answers.shift() ?? { status: 500, body: {} };
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
});

beforeAll(async () => {
  sink = await startOtlpSink();
  await startTelemetry({ endpoint: sink.url, serviceName: "chasqui-test" });
  await new Promise<void>((resolve) => model.listen(0, "127.0.0.1", resolve));
});
beforeEach(() => sink.clear());
afterAll(async () => {
  await sink.close();
  model.closeAllConnections();
  model.close();
});

const says = (message: object): Answer => ({
  status: 200,
  body: {
    id: "chatcmpl-1",
    object: "chat.completion",
    created: 1,
    model: "gpt-4o",
    choices: [{ index: 0, finish_reason: "stop", message: { role: "assistant", content: null, ...message } }],
    usage: { prompt_tokens: 11, completion_tokens: 7, total_tokens: 18 },
  },
});

const callsLookup = says({
  tool_calls: [
    {
      id: "call_1",
      type: "function",
      function: { name: "lookup", arguments: JSON.stringify({ query: TEXT }) },
    },
  ],
});

/** A tool that fails with the customer's own words in its message. */
const lookup = tool({
  inputSchema: z.object({ query: z.string() }),
  execute: async ({ query }): Promise<string> => {
    throw new Error(query);
  },
});

async function respond(): Promise<unknown> {
  const { port } = model.address() as AddressInfo;
  const openai = createOpenAI({ apiKey: KEY, baseURL: `http://127.0.0.1:${port}/v1` });
  const telemetry = { isEnabled: true, recordInputs: false, recordOutputs: false, functionId: "respond" };
  return span("respond", {}, () =>
    generateText({
      model: openai.chat("gpt-4o"),
      system: TEXT,
      prompt: TEXT,
      tools: { lookup },
      maxRetries: 0,
      stopWhen: ({ steps }) => steps.length > 1,
      experimental_telemetry: telemetry,
    }),
  );
}

const named = (name: string) => sink.spans().find((span) => span.name === name);

function expectNoSecrets(): void {
  for (const secret of SECRETS) expect(sink.bodies().join("\n")).not.toContain(secret);
}

test("model and tool calls join the trace with GenAI attributes and without what was said", async () => {
  answers = [callsLookup, says({ content: `Claro: ${TEXT}` })];
  await respond();
  await flushTelemetry();
  expect(new Set(sink.spans().map(({ traceId }) => traceId)).size).toBe(1);
  expect(named("ai.generateText")?.parentSpanId).toBe(named("respond")?.spanId);
  expect(named("ai.generateText.doGenerate")?.attributes).toMatchObject({
    "gen_ai.system": "openai.chat",
    "gen_ai.request.model": "gpt-4o",
    "gen_ai.usage.input_tokens": 11,
    "gen_ai.usage.output_tokens": 7,
  });
  expect(named("ai.toolCall")?.attributes).toMatchObject({ "ai.toolCall.name": "lookup" });
  expect(named("ai.toolCall")?.status.code).toBe(2);
  expectNoSecrets();
});

test("a refusal that quotes the customer leaves only its status", async () => {
  answers = [{ status: 400, body: { error: { message: `Bad request: ${TEXT}`, code: TEXT } } }];
  await expect(respond()).rejects.toThrow();
  await flushTelemetry();
  expect(named("ai.generateText")?.status.code).toBe(2);
  expect(named("respond")?.attributes).toMatchObject({ "error.type": "http_400" });
  expectNoSecrets();
});

test("an answer that is no answer leaves no text either", async () => {
  answers = [{ status: 200, body: { garbage: TEXT } }];
  await expect(respond()).rejects.toThrow();
  await flushTelemetry();
  expectNoSecrets();
});
