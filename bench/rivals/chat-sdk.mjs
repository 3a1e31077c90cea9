/** Vercel's Chat SDK as its documentation sets it up: WhatsApp adapter, Redis state, a handler that answers. */
import { createOpenAI } from "@ai-sdk/openai";
import { createRedisState } from "@chat-adapter/state-redis";
import { createWhatsAppAdapter } from "@chat-adapter/whatsapp";
import { generateObject, generateText, zodSchema } from "ai";
import { Chat } from "chat";
import { classifierPrompt, localTime, replyPrompt } from "../../lib/intents/prompts.ts";
import { intentSchema } from "../../lib/intents/schema.ts";
import { intentNamed } from "../../lib/intents/table.ts";

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
const schema = zodSchema(intentSchema);
const profile = {
  name: "our company",
  about: "a business that answers its customers here",
  tone: "friendly, clear and brief",
  hours: "not published",
  timeZone: "UTC",
  language: "es",
  contact: "",
};

/** The same two calls as a turn of Chasqui makes, by the same prompts: classify with the small model, then answer. */
async function compose(text) {
  if (!RIVAL_USES_MODEL) return "¡Hola! ¿En qué te ayudo?";
  const messages = [{ role: "user", content: text }];
  const { object } = await generateObject({
    model: openai.chat("gpt-4o-mini"),
    schema,
    schemaName: "classification",
    system: classifierPrompt(profile),
    messages,
    temperature: 0.2,
    maxOutputTokens: 100,
  });
  const { text: reply } = await generateText({
    model: openai.chat("gpt-4o"),
    system: replyPrompt(intentNamed(object.intent), {
      profile,
      language: object.language,
      userName: "Ana",
      nowLocal: localTime(Date.now(), profile),
      marks: false,
    }),
    messages,
    temperature: 0.7,
    maxOutputTokens: 300,
  });
  return reply;
}

chat.onDirectMessage(async (thread, message) => {
  await thread.post(await compose(message.text));
});

await chat.initialize();

/** The endpoint, as a route handler would export it. */
export default (request, { waitUntil }) => chat.webhooks.whatsapp(request, { waitUntil });
