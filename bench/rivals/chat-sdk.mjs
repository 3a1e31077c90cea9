/** Vercel's Chat SDK as its documentation sets it up: WhatsApp adapter, Redis state, a handler that answers. */
import { createOpenAI } from "@ai-sdk/openai";
import { createRedisState } from "@chat-adapter/state-redis";
import { createWhatsAppAdapter } from "@chat-adapter/whatsapp";
import { generateObject, generateText } from "ai";
import { Chat } from "chat";
import { z } from "zod";

const { REDIS_URL, WHATSAPP_API_BASE_URL, OPENAI_API_KEY, OPENAI_BASE_URL, RIVAL_USES_MODEL } = process.env;

const chat = new Chat({
  userName: "bench",
  logger: "silent",
  adapters: {
    // Credentials come from the environment, under the same names as Chasqui's.
    whatsapp: createWhatsAppAdapter({ apiUrl: WHATSAPP_API_BASE_URL, userName: "bench" }),
  },
  state: createRedisState({ url: REDIS_URL }),
});

const openai = createOpenAI({ apiKey: OPENAI_API_KEY, baseURL: OPENAI_BASE_URL });
const schema = z.object({
  intent: z.enum(["greeting", "product_question", "order_status", "complaint", "general"]),
  confidence: z.number(),
  language: z.enum(["es", "en", "pt"]),
});
const system = "You answer the customers of a shop, briefly and in their language.";

/** The same two calls as a turn of Chasqui: classify with the small model, then answer. */
async function compose(text) {
  if (!RIVAL_USES_MODEL) return "¡Hola! ¿En qué te ayudo?";
  const messages = [{ role: "user", content: text }];
  await generateObject({ model: openai.chat("gpt-4o-mini"), schema, system, messages });
  const { text: reply } = await generateText({ model: openai.chat("gpt-4o"), system, messages });
  return reply;
}

chat.onDirectMessage(async (thread, message) => {
  await thread.post(await compose(message.text));
});

await chat.initialize();

/** The endpoint, as a route handler would export it. */
export default (request, { waitUntil }) => chat.webhooks.whatsapp(request, { waitUntil });
