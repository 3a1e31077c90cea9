import { Hono } from "hono";
import { z } from "zod";
import { listen, stopListening } from "../../host/server/listen.ts";

const call = z.object({ function: z.object({ name: z.string(), arguments: z.string() }) });
/** A prompt's prefix is a text of its own where it is marked. */
const content = z
  .union([z.string(), z.array(z.object({ text: z.string() }))])
  .transform((given) => (typeof given === "string" ? given : given.map(({ text }) => text).join("")));
const message = z.object({
  role: z.string(),
  content: content.nullish(),
  tool_calls: z.array(call).optional(),
});
const request = z.object({
  model: z.string(),
  messages: z.array(message),
  tools: z.array(z.object({ function: z.unknown() })).default([]),
  response_format: z.object({ json_schema: z.object({ name: z.string(), schema: z.unknown() }) }).optional(),
});
const response = z.object({ choices: z.tuple([z.object({ message })]) });

/** A message of a chat completion, as it went over the wire. */
export type WireMessage = z.infer<typeof message>;

/** One call of a model: request and answer. */
export interface Exchange {
  request: z.infer<typeof request>;
  /** The same as it was sent. */
  body: unknown;
  answer: WireMessage;
}

/** A proxy between the bot and its model. */
export interface Wire {
  /** For `OPENAI_BASE_URL`. */
  url: string;
  /** Returns every call since the last `taken`. */
  taken(): Exchange[];
  close(): Promise<void>;
}

/** Forwards chat completions to the model at `modelUrl` and records both sides. */
export async function startWire(modelUrl: string): Promise<Wire> {
  let exchanges: Exchange[] = [];
  const app = new Hono();
  app.post("/v1/chat/completions", async (context) => {
    const body = await context.req.text();
    const headers = {
      "content-type": "application/json",
      authorization: context.req.header("authorization") ?? "",
    };
    const answered = await fetch(`${modelUrl}/chat/completions`, { method: "POST", headers, body });
    if (!answered.ok) throw new Error(`the model answered ${answered.status}`);
    const said: unknown = await answered.json();
    const [{ message: answer }] = response.parse(said).choices;
    const sent: unknown = JSON.parse(body);
    exchanges.push({ request: request.parse(sent), body: sent, answer });
    return Response.json(said);
  });
  const { server, url } = await listen(app, 0, "127.0.0.1");
  return {
    url: `${url}/v1`,
    taken() {
      const recorded = exchanges;
      exchanges = [];
      return recorded;
    },
    close: () => stopListening(server),
  };
}
