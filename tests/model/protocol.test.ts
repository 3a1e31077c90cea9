import { createOpenAI } from "@ai-sdk/openai";
import { APICallError, generateObject, generateText, streamText } from "ai";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import type { ModelFault } from "../../fakes/model/faults.ts";
import { type OfflineModel, startOfflineModel } from "../../fakes/model/server.ts";

describe("the offline model's protocol", () => {
  let model: OfflineModel;
  beforeAll(async () => {
    model = await startOfflineModel();
  });
  afterAll(() => model.close());
  beforeEach(() => model.setFault(null));

  const chat = () => createOpenAI({ baseURL: model.url, apiKey: "any" }).chat("some-model");
  const say = (fault: ModelFault) => {
    model.setFault(() => fault);
    return generateText({ model: chat(), prompt: "hola", maxRetries: 0 });
  };
  const post = (body: unknown, headers: Record<string, string> = { authorization: "Bearer any" }) =>
    fetch(`${model.url}/chat/completions`, { method: "POST", headers, body: JSON.stringify(body) });

  it("echoes the model's name, estimates tokens, and numbers its requests", async () => {
    const response = await post({ model: "m-1", messages: [{ role: "user", content: "hola" }] });
    expect(response.headers.get("x-request-id")).toMatch(/^req_offline_\d+$/);
    const body = await response.json();
    expect(body).toMatchObject({ object: "chat.completion", model: "m-1", usage: { prompt_tokens: 5 } });
    expect(body.usage.total_tokens).toBe(body.usage.prompt_tokens + body.usage.completion_tokens);
    expect(model.requests.at(-1)).toMatchObject({ model: "m-1", kind: "text" });
  });

  it("lists models", async () => {
    const response = await fetch(`${model.url}/models`, { headers: { authorization: "Bearer any" } });
    expect(await response.json()).toMatchObject({
      object: "list",
      data: expect.arrayContaining([expect.objectContaining({ id: "gpt-4o", shutdown_date: null })]),
    });
  });

  it("streams the same words", async () => {
    const whole = await generateText({ model: chat(), prompt: "hola", maxRetries: 0 });
    const stream = streamText({ model: chat(), prompt: "hola", maxRetries: 0 });
    expect(await stream.text).toBe(whole.text);
    expect(await stream.usage).toMatchObject({ outputTokens: whole.usage.outputTokens });
  });

  it("stops at the token limit and says so", async () => {
    const cut = await generateText({ model: chat(), prompt: "hola", maxOutputTokens: 3, maxRetries: 0 });
    expect(cut.text).toHaveLength(12);
    expect(cut.finishReason).toBe("length");
  });

  it("follows any schema, in the plainest way", async () => {
    const schema = z.object({
      mood: z.enum(["calm", "cross"]),
      count: z.number(),
      tags: z.array(z.string()),
      sure: z.boolean(),
    });
    const { object } = await generateObject({ model: chat(), schema, prompt: "x", maxRetries: 0 });
    expect(object).toEqual({ mood: "calm", count: 0, tags: [], sure: false });
  });

  it.each([
    ["no key", 401, {}, { model: "m", messages: [{ role: "user", content: "x" }] }],
    ["no messages", 400, { authorization: "Bearer any" }, { model: "m" }],
    ["no JSON", 400, { authorization: "Bearer any" }, undefined],
  ])("refuses %s as OpenAI does", async (_case, status, headers, body) => {
    const response = await post(body, headers);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({
      error: { type: "invalid_request_error", message: expect.any(String) },
    });
  });

  it("plays an error with its headers", async () => {
    const failed = say({ status: 429, headers: { "retry-after": "2" } });
    await expect(failed).rejects.toSatisfy(
      (error) =>
        APICallError.isInstance(error) &&
        error.statusCode === 429 &&
        error.responseHeaders?.["retry-after"] === "2",
    );
  });

  it.each([
    ["a cut connection", { reset: true }],
    ["garbage", { garbage: "<html>oops" }],
    ["a server error", { status: 500 }],
  ] as const)("plays %s", async (_case, fault) => {
    await expect(say(fault)).rejects.toThrow();
  });

  it("hangs until the caller gives up", async () => {
    model.setFault(() => ({ hang: true }));
    const abortSignal = AbortSignal.timeout(50);
    await expect(generateText({ model: chat(), prompt: "hola", maxRetries: 0, abortSignal })).rejects.toThrow(
      /abort|timeout/i,
    );
  });

  it("refuses in the protocol's own way, and says what it is told to", async () => {
    const refused = await say({ refusal: "No." });
    expect(refused.response.body).toMatchObject({
      choices: [{ message: { content: null, refusal: "No." } }],
    });
    expect((await say({ content: "{]" })).text).toBe("{]");
  });

  it("counts requests from one when a rule is set, and takes another rule at any time", async () => {
    const seen: number[] = [];
    model.setFault((_request, n) => {
      seen.push(n);
      return n === 1 ? { status: 500 } : null;
    });
    const ask = () => generateText({ model: chat(), prompt: "hola", maxRetries: 0 });
    await expect(ask()).rejects.toThrow();
    expect((await ask()).text).not.toBe("");
    expect(seen).toEqual([1, 2]);
  });
});
