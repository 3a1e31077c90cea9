import { createOpenAI } from "@ai-sdk/openai";
import { generateObject, generateText, type ModelMessage, stepCountIs, type UserContent } from "ai";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type OfflineModel, startOfflineModel } from "../../fakes/model/server.ts";
import { classifierPrompt, replyPrompt } from "../../lib/intents/prompts.ts";
import { intentSchema } from "../../lib/intents/schema.ts";
import { type IntentName, intentNamed } from "../../lib/intents/table.ts";
import { introduction } from "../../lib/turn/answer/transcript.ts";
import type { Language } from "../../lib/types/company.ts";
import type { OrderRecord, ToolContext } from "../../lib/types/tools.ts";
import { toolsFor } from "../../tools/registry.ts";
import { toolContext } from "../tools/context.ts";

const JPEG = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 0, 0, 0, 0, 0, 0, 0);
const picture = (caption: string): UserContent => [
  { type: "text", text: caption },
  { type: "image", image: JPEG, mediaType: "image/jpeg" },
];
const order = (number: string): OrderRecord => ({
  number,
  status: "shipped",
  placedOn: "2026-03-01",
  items: [{ name: "Poncho", quantity: 2 }],
  total: "S/ 10",
});
const passage = (title: string) => ({ title, text: `Sobre ${title}`, language: "es" as const });

let model: OfflineModel;
beforeAll(async () => {
  model = await startOfflineModel();
});
afterAll(() => model.close());

const chat = () => createOpenAI({ baseURL: model.url, apiKey: "any" }).chat("gpt-4o");

async function reply(
  intent: IntentName,
  language: Language,
  content: UserContent,
  parts: Partial<ToolContext> = {},
) {
  const context = toolContext({ language, ...parts });
  const result = await generateText({
    model: chat(),
    system: replyPrompt(intentNamed(intent), {
      profile: context.tenant.profile,
      language,
      nowLocal: "Friday 2026-03-06 14:05",
      marks: true,
    }),
    messages: [...introduction("Ana Ruiz"), { role: "user", content }],
    tools: toolsFor(intentNamed(intent).tools, context),
    stopWhen: stepCountIs(3),
    maxRetries: 0,
  });
  const calls = result.steps.flatMap(({ toolCalls }) =>
    toolCalls.map(({ toolName, input }) => ({ toolName, input })),
  );
  return { text: result.text, calls, offers: context.offers, handoffs: context.handoffs };
}

async function classify(content: UserContent) {
  const system = classifierPrompt(toolContext().tenant.profile);
  const messages: ModelMessage[] = [{ role: "user", content }];
  return (await generateObject({ model: chat(), schema: intentSchema, system, messages, maxRetries: 0 }))
    .object;
}

describe("a message that is more than words", () => {
  it.each([
    ["【voice note】 cadê meu pedido 1077?", "order_status", "pt"],
    ["【audio】 I want to talk to a person", "human_handoff", "en"],
    ["【image】 my order arrived broken", "complaint", "en"],
    [
      '【in reply to: "hello, how can I help? (buttons: My order | A person)"】 ¿Cuánto cuesta el envío?',
      "product_question",
      "es",
    ],
    ["【sticker】", "general", "es"],
    ["【voice note】 【could not be opened】", "general", "es"],
    ["【location: somewhere, -12.05, -77.04】", "general", "es"],
    ["【opened the chat for the first time】", "greeting", "es"],
  ])("is classified by the words in %j, never by ours", async (content, intent, language) => {
    expect(await classify(content)).toMatchObject({ intent, language });
  });

  it.each([
    ["es", "【voice note】 【could not be opened】", /No pude abrir/],
    ["en", "【unsupported message】", /couldn't open/],
    ["pt", "【message that WhatsApp could not show: ask them to send it again】", /Não consegui abrir/],
    ["es", "【video】 【a kind of file that cannot be opened】", /No pude abrir/],
    ["en", "【document: a.zip】 【too large or too long to be opened】", /couldn't open/],
    ["pt", "【voice note】 【nothing could be heard】", /Não consegui abrir/],
    ["en", "【image】 【no longer available: it would have to be sent again】", /couldn't open/],
    ["es", "【image】", /No pude abrir/],
    ["es", "【sticker】", /sticker/],
    ["en", "【contact: Kate, +15551234567】", /contact/],
    ["pt", "【form reply: size: M, color: blue】", /respostas/],
    ["en", "【document: invoice.pdf】 Total due: 40", /invoice\.pdf.*Total due: 40/],
  ] as const)("is answered in %s as what it is: %j", async (language, content, answer) => {
    const { text, calls } = await reply("general", language, content);
    expect(text).toMatch(answer);
    expect(calls).toEqual([]);
  });

  it("is greeted when it only says that the chat was opened", async () => {
    const { text } = await reply("greeting", "en", "【opened the chat for the first time】");
    expect(text).toMatch(/^Hi, Ana!/);
  });

  it("is answered like any other when its words were heard", async () => {
    const knowledge = { search: async () => [passage("¿Cuánto cuesta el envío?")] };
    const heard = await reply("product_question", "es", "【voice note】 ¿Cuánto cuesta el envío?", {
      knowledge,
    });
    const typed = await reply("product_question", "es", "¿Cuánto cuesta el envío?", { knowledge });
    expect(heard).toEqual(typed);
  });

  it("is looked at when it is a picture, and its caption is answered", async () => {
    expect((await reply("general", "es", picture("【image】"))).text).toMatch(/Gracias por la foto.*saber/);
    const knowledge = { search: async () => [passage("Ponchos")] };
    const { text } = await reply("product_question", "es", picture("【image】 ¿tienen este poncho?"), {
      knowledge,
    });
    expect(text).toBe("¡Gracias por la foto! Sobre Ponchos");
    expect(model.requests.at(-1)?.messages.flatMap(({ images }) => images)).toEqual([
      { mimeType: "image/jpeg", bytes: JPEG.length, detail: "auto" },
    ]);
  });

  it("is never claimed to have been seen when no picture came along", async () => {
    const knowledge = { search: async () => [passage("Ponchos")] };
    const { text } = await reply("product_question", "es", "【image】 ¿tienen este poncho?", { knowledge });
    expect(text).toMatch(/^Sobre Ponchos\s+No pude abrir/);
  });

  it("goes to a person when it is a cart", async () => {
    const { handoffs, text } = await reply(
      "general",
      "en",
      "【order: 2 × PONCHO at 50 PEN】 【about product X】",
    );
    expect(handoffs).toEqual([
      { reason: "other", summary: "The customer sent a cart: 2 × PONCHO at 50 PEN" },
    ]);
    expect(text).toMatch(/catalogue.*confirm/);
  });

  it("is told where the shops are when it is a place", async () => {
    const knowledge = { search: async () => [passage("¿Dónde están las tiendas?")] };
    const { text, calls } = await reply("general", "es", "【location: -12.05, -77.04】", { knowledge });
    expect(calls).toEqual([
      { toolName: "lookup", input: { source: "knowledge", query: "¿Dónde están las tiendas?" } },
    ]);
    expect(text).toBe("¡Gracias por la ubicación! Sobre ¿Dónde están las tiendas?");
  });

  it("is answered by its caption when it is a document that has one", async () => {
    const knowledge = { search: async () => [passage("¿Cuánto cuesta el envío?")] };
    const content = "【document: pago.pdf】 Total: S/ 40\n¿Cuánto cuesta el envío?";
    const { calls } = await reply("product_question", "es", content, { knowledge });
    expect(calls).toMatchObject([{ input: { query: "¿Cuánto cuesta el envío?" } }]);
  });

  it("keeps the customer's own brackets", async () => {
    const { handoffs } = await reply("complaint", "en", "my order [1042] arrived broken");
    expect(handoffs[0]?.summary).toContain("[1042]");
  });
});

describe("the offline model's offers", () => {
  it("are the orders, when there are several", async () => {
    const records = { orders: async () => [order("1042"), order("1051")] };
    const { text, calls, offers } = await reply("order_status", "es", "¿dónde está mi pedido?", { records });
    expect(calls.map(({ toolName }) => toolName)).toEqual(["lookup", "offer_choices"]);
    expect(offers).toEqual([
      {
        kind: "choices",
        options: [
          { id: "1-pedido-1042", title: "Pedido 1042", description: "2 × Poncho" },
          { id: "2-pedido-1051", title: "Pedido 1051", description: "2 × Poncho" },
        ],
        button: "Ver pedidos",
      },
    ]);
    expect(text).toContain("¿De cuál quieres saber?");
  });

  it("are answered by what stands on the one that was tapped", async () => {
    const records = { orders: async (_user: unknown, number: string | null) => [order(number ?? "none")] };
    expect(await classify("【button】 Pedido 1051")).toMatchObject({ intent: "order_status" });
    const { text, offers } = await reply("order_status", "es", "【button】 Pedido 1051", { records });
    expect(text).toContain("**1051**");
    expect(offers).toEqual([]);
  });

  it("are the questions that a single word may mean, and not asked twice", async () => {
    const titles = ["¿Cuánto cuesta el envío?", "¿Cuánto demora el envío?", "Café"];
    const knowledge = { search: async () => titles.map(passage) };
    const { text, offers } = await reply("product_question", "es", "envíos", { knowledge });
    expect(offers).toMatchObject([
      { options: [{ title: "¿Cuánto cuesta el envío?" }, { title: "¿Cuánto demora el envío?" }] },
    ]);
    expect(text).toContain("¿Cuál de estas");
    const found = { search: async () => titles.slice(0, 2).toReversed().map(passage) };
    for (const tap of [
      "【button】 ¿Cuánto demora el envío?",
      "【list choice: ¿Cuánto demora el envío?】 ¿Cuánto demora el…",
    ]) {
      const tapped = await reply("product_question", "es", tap, { knowledge: found });
      expect(tapped).toMatchObject({ text: "Sobre ¿Cuánto demora el envío?", offers: [] });
      expect(tapped.calls).toMatchObject([{ input: { query: "¿Cuánto demora el envío?" } }]);
    }
  });

  it.each([
    ["es", "¿cuál es la tienda más cercana?"],
    ["en", "where can I pick it up?"],
    ["pt", "onde posso retirar?"],
    ["pt", "qual a loja mais perto de mim?"],
  ] as const)("ask in %s for the place that the answer to %j depends on", async (language, content) => {
    const { text, offers } = await reply("product_question", language, content);
    expect(offers).toEqual([{ kind: "location_request" }]);
    expect(text).toMatch(/tu ubicación|your location|a sua localização/);
  });

  it("ask for no place that was sent along", async () => {
    const content = "¿cuál es la tienda más cercana?\n【location: -12.05, -77.04】";
    const { calls } = await reply("product_question", "es", content);
    expect(calls.map(({ toolName }) => toolName)).toEqual(["lookup"]);
  });

  it("are none where the intent has no tool for them", async () => {
    const records = { orders: async () => [order("1042"), order("1051")] };
    const context = toolContext({ records });
    const { text } = await generateText({
      model: chat(),
      system: replyPrompt(intentNamed("order_status"), {
        profile: context.tenant.profile,
        language: "es",
        nowLocal: "",
        marks: true,
      }),
      prompt: "mis pedidos",
      tools: toolsFor(["lookup"], context),
      stopWhen: stepCountIs(3),
      maxRetries: 0,
    });
    expect(text).toMatch(/últimos pedidos:\n- .*1042.*\n- .*1051/);
  });
});

describe("pictures in the offline model's protocol", () => {
  const look = (url: string, detail?: string) =>
    fetch(`${model.url}/chat/completions`, {
      method: "POST",
      headers: { authorization: "Bearer any" },
      body: JSON.stringify({
        model: "gpt-4o",
        messages: [{ role: "user", content: [{ type: "image_url", image_url: { url, detail } }] }],
      }),
    });
  const data = (kind: string, bytes: Uint8Array) =>
    `data:image/${kind};base64,${Buffer.from(bytes).toString("base64")}`;

  it("cost what they cost by detail", async () => {
    const tokens = async (detail: string) =>
      (await (await look(data("jpeg", JPEG), detail)).json()).usage.prompt_tokens;
    expect((await tokens("high")) - (await tokens("low"))).toBe(765 - 85);
  });

  it("may be links, which nobody follows", async () => {
    expect((await look("https://pictures.example/poncho.jpg")).status).toBe(200);
    expect(model.requests.at(-1)?.messages[0]?.images).toMatchObject([{ mimeType: null, bytes: null }]);
  });

  it.each([
    ["a kind that is not taken", data("tiff", JPEG)],
    ["bytes of another kind", data("png", JPEG)],
    ["nothing", data("jpeg", new Uint8Array())],
    ["no picture at all", "file:///etc/passwd"],
  ])("are refused as OpenAI does when they are %s", async (_case, url) => {
    const response = await look(url);
    expect(response.status).toBe(400);
    expect((await response.json()).error.message).toContain("unsupported image");
  });
});
