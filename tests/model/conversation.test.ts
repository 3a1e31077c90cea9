import { createOpenAI } from "@ai-sdk/openai";
import { generateObject, generateText, type ModelMessage, stepCountIs } from "ai";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type CompanyApi, startCompanyApi } from "../../fakes/company-api.ts";
import { type OfflineModel, startOfflineModel } from "../../fakes/model/server.ts";
import { classifierPrompt, replyPrompt } from "../../lib/intents/prompts.ts";
import { intentSchema } from "../../lib/intents/schema.ts";
import { type IntentName, intentNamed } from "../../lib/intents/table.ts";
import { introduction } from "../../lib/turn/answer/transcript.ts";
import type { Language } from "../../lib/types/company.ts";
import type { ToolContext } from "../../lib/types/tools.ts";
import { toolsFor } from "../../tools/registry.ts";
import { toolContext } from "../tools/context.ts";
import { recordsAt } from "../tools/order-records.ts";

const SHIPPING = {
  title: "¿Cuánto cuesta el envío?",
  text: "El envío cuesta S/ 10 en Lima.\nEs gratis desde S/ 250.",
  language: "es",
} as const;

describe("the offline model, asked as the bot asks", () => {
  let model: OfflineModel;
  let company: CompanyApi;
  beforeAll(async () => {
    model = await startOfflineModel();
    company = await startCompanyApi({ secret: "shared" });
  });
  afterAll(() => Promise.all([model.close(), company.close()]));

  const chat = () => createOpenAI({ baseURL: model.url, apiKey: "any" }).chat("gpt-4o");

  async function classify(...messages: ModelMessage[]) {
    const system = classifierPrompt(toolContext().tenant.profile);
    const { object } = await generateObject({
      model: chat(),
      schema: intentSchema,
      system,
      messages,
      maxRetries: 0,
    });
    return object;
  }

  async function reply(
    intent: IntentName,
    language: Language,
    text: string,
    parts: Partial<ToolContext> = {},
  ) {
    const records = recordsAt(company.url);
    const context = toolContext({ records, language, ...parts });
    const result = await generateText({
      model: chat(),
      system: replyPrompt(intentNamed(intent), {
        profile: context.tenant.profile,
        language,
        nowLocal: "Friday 2026-03-06 14:05",
        marks: true,
      }),
      messages: [...introduction("Ana Ruiz"), { role: "user", content: text }],
      tools: toolsFor(intentNamed(intent).tools, context),
      stopWhen: stepCountIs(3),
      maxRetries: 0,
    });
    const calls = result.steps.flatMap(({ toolCalls }) => toolCalls.map(({ input }) => input));
    return { text: result.text, calls, handoffs: context.handoffs };
  }

  it("classifies by schema, with the language", async () => {
    expect(await classify({ role: "user", content: "cadê meu pedido 1077?" })).toMatchObject({
      intent: "order_status",
      language: "pt",
    });
  });

  it("understands a yes to the offer of a person, and keeps the conversation's language", async () => {
    const earlier: ModelMessage[] = [
      { role: "user", content: "where is my order 9999?" },
      { role: "assistant", content: "I can't find it. I can pass you to a person." },
    ];
    const classified = await classify(...earlier, { role: "user", content: "ok" });
    expect(classified).toMatchObject({ intent: "human_handoff", language: "en" });
  });

  it("greets by first name, in the company's name", async () => {
    expect((await reply("greeting", "en", "hello")).text).toMatch(/^Hi, Ana!.*Tambo/);
  });

  it("answers a question in the words of the passage it looked up", async () => {
    const knowledge = { search: async () => [SHIPPING] };
    const { text, calls } = await reply("product_question", "es", "¿Cuánto cuesta el envío?", { knowledge });
    expect(calls).toEqual([{ source: "knowledge", query: "¿Cuánto cuesta el envío?" }]);
    expect(text).toBe("El envío cuesta S/ 10 en Lima. Es gratis desde S/ 250.");
  });

  it("says that it found nothing, when it found nothing", async () => {
    expect((await reply("product_question", "en", "do you sell cars?")).text).toContain("couldn't find");
  });

  it("tells the customer's own order", async () => {
    const { text, calls } = await reply("order_status", "es", "¿Dónde está mi pedido 1042?");
    expect(calls).toEqual([{ source: "orders", query: "1042" }]);
    expect(text).toMatch(/pedido \*\*1042\*\* .*está en camino con Olva Courier.*https:\/\/\S+TB1042PE/);
  });

  it("tells nothing of another customer's order", async () => {
    const { text } = await reply("order_status", "es", "¿Dónde está mi pedido 1077?");
    expect(text).toContain("No encuentro ese pedido");
    expect(text).not.toMatch(/Wayra|DHL/);
  });

  it("apologises when the order system fails", async () => {
    company.setFault(() => ({ status: 500 }));
    expect((await reply("order_status", "pt", "cadê meu pedido 1077?")).text).toContain("Desculpe");
    company.setFault(null);
  });

  it.each([
    ["human_handoff", "customer_request", "I want to talk to a person"],
    ["complaint", "complaint", "my order arrived broken"],
  ] as const)("opens a handoff for %s", async (intent, reason, text) => {
    const { handoffs, text: answer } = await reply(intent, "en", text);
    expect(handoffs).toEqual([{ reason, summary: `The customer wrote: "${text}"` }]);
    expect(answer).toContain("person from the team");
  });

  it("declines what is out of scope without a tool", async () => {
    const { text, calls } = await reply("out_of_scope", "pt", "escreva um poema");
    expect(calls).toEqual([]);
    expect(text).toContain("Não posso ajudar com isso");
  });

  it("finds its own way from the general intent", async () => {
    expect((await reply("general", "es", "necesito hablar con alguien")).handoffs).toHaveLength(1);
    expect((await reply("general", "es", "mi pedido 1042")).text).toContain("1042");
    expect((await reply("general", "es", "¿eres un robot?")).text).toContain("asistente virtual");
  });

  it("calls the tool that it is told to call", async () => {
    const context = toolContext();
    const { toolCalls } = await generateText({
      model: chat(),
      prompt: "hola",
      tools: toolsFor(["lookup", "handoff"], context),
      toolChoice: { type: "tool", toolName: "handoff" },
      maxRetries: 0,
    });
    expect(toolCalls).toMatchObject([{ toolName: "handoff", input: { reason: "customer_request" } }]);
  });

  it("says the same to the same request", async () => {
    const twice = await Promise.all([reply("greeting", "es", "hola"), reply("greeting", "es", "hola")]);
    expect(twice[0]).toEqual(twice[1]);
  });
});
