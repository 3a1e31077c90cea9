import pg from "pg";
import { z } from "zod";
import type { Handler } from "../../host/server/routes.ts";
import { shortFetch } from "../../host/short-fetch.ts";
import { replyPrompt } from "../../lib/intents/prompts.ts";
import { intentNamed } from "../../lib/intents/table.ts";
import { parseWebhook } from "../../lib/whatsapp/inbound/payload.ts";
import { verified } from "./floor.ts";

const completion = z.object({ choices: z.tuple([z.object({ message: z.object({ content: z.string() }) })]) });
const graphAnswer = z.object({ messages: z.tuple([z.object({ id: z.string() })]) });
const PROFILE = {
  name: "our company",
  about: "a business that answers its customers here",
  tone: "friendly, clear and brief",
  hours: "not published",
  timeZone: "UTC",
  language: "es",
  contact: "",
} as const;
const PROMPT = replyPrompt(intentNamed("greeting"), {
  profile: PROFILE,
  language: "es",
  nowLocal: "Monday 2026-11-30 10:00",
  marks: false,
});

/**
 * The least that a durable bot can do: the message is a row before the 200, the model is asked once without a library, the reply is a row before it is
 * sent, and known as sent after it. No order of messages, no second try, no duplicates beyond Meta's own, no history.
 */
export async function startLeast(environment: NodeJS.ProcessEnv): Promise<Handler> {
  const { POSTGRES_URL, OPENAI_BASE_URL, OPENAI_API_KEY, WHATSAPP_API_BASE_URL, WHATSAPP_PHONE_NUMBER_ID } =
    environment;
  const pool = new pg.Pool({ connectionString: POSTGRES_URL, max: 10 });
  const run = (name: string, text: string, values: unknown[]) => pool.query({ name, text, values });
  await pool.query(
    "create table if not exists least (id text primary key, phone text not null, text text not null, answer text, sent_id text, at timestamptz not null default now())",
  );
  const post = async (url: string, key: string, body: object) => {
    const headers = { "content-type": "application/json", authorization: `Bearer ${key}` };
    return (await shortFetch(url, { method: "POST", headers, body: JSON.stringify(body) })).json();
  };
  const answer = async (id: string, phone: string, text: string): Promise<void> => {
    const messages = [
      { role: "system", content: PROMPT },
      { role: "user", content: text },
    ];
    const asked = await post(`${OPENAI_BASE_URL}/chat/completions`, OPENAI_API_KEY ?? "", {
      model: "gpt-4o",
      messages,
      temperature: 0.7,
      max_tokens: 300,
    });
    const [{ message }] = completion.parse(asked).choices;
    await run("draft", "update least set answer = $2 where id = $1", [id, message.content]);
    const sent = await post(`${WHATSAPP_API_BASE_URL}/v23.0/${WHATSAPP_PHONE_NUMBER_ID}/messages`, "bench", {
      messaging_product: "whatsapp",
      to: phone,
      type: "text",
      text: { body: message.content },
    });
    await run("sent", "update least set sent_id = $2 where id = $1", [
      id,
      graphAnswer.parse(sent).messages[0].id,
    ]);
  };
  return async (request, { waitUntil }) => {
    const payload = await verified(request);
    if (payload === null) return new Response(null, { status: 401 });
    const { messages } = parseWebhook(payload, Date.now());
    for (const { waMessageId, from, text } of messages) {
      const values = [waMessageId, from, text ?? ""];
      const { rowCount } = await run(
        "receive",
        "insert into least (id, phone, text) values ($1, $2, $3) on conflict do nothing",
        values,
      );
      if (rowCount === 1) waitUntil(answer(waMessageId, from ?? "", text ?? ""));
    }
    return Response.json({ received: messages.length });
  };
}
