import { Hono } from "hono";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { createPromptCache, ROUGHLY } from "../../fakes/model/prompt-cache.ts";
import { listen, stopListening } from "../../host/server/listen.ts";
import { modelFacts } from "../../lib/config/models.ts";
import { replyPrefix } from "../../lib/intents/prompts.ts";
import { intentNamed } from "../../lib/intents/table.ts";
import type { CompanyProfile } from "../../lib/types/company.ts";
import { startWorld, type World } from "../support/world.ts";

const bodySchema = z.looseObject({
  model: z.string(),
  messages: z.array(z.looseObject({ role: z.string(), content: z.unknown() })),
});
type Body = z.output<typeof bodySchema>;

/** Between the bot and the model: every request as it is sent. */
const bodies: Body[] = [];
let world: World;
let close: () => Promise<void>;

async function start(env: Record<string, string>): Promise<void> {
  const app = new Hono();
  app.post("/v1/chat/completions", async (context) => {
    const body = await context.req.text();
    bodies.push(bodySchema.parse(JSON.parse(body)));
    const headers = { "content-type": "application/json", authorization: "Bearer any" };
    return fetch(`${world.model.url}/chat/completions`, { method: "POST", headers, body });
  });
  const { server, url } = await listen(app, 0, "127.0.0.1");
  world = await startWorld({
    model: { promptCache: true },
    env: { OPENAI_BASE_URL: `${url}/v1`, INTENT_FAST_PATH: "off", ...env },
  });
  close = async () => {
    await world.close();
    await stopListening(server);
  };
}

const PEOPLE = [
  { phone: "51987654321", name: "Rosa Quispe", says: "hola, ¿cuánto cuesta el envío a Arequipa?" },
  { phone: "5511987654321", name: "João", says: "bom dia, quanto custa o frete para o Brasil?" },
] as const;

/** What the model was asked for each of the people: to classify, and to reply. */
async function ask(): Promise<[rosa: Asked, joao: Asked]> {
  const asked = async ({ phone, name, says }: (typeof PEOPLE)[number]): Promise<Asked> => {
    bodies.length = 0;
    await world.customer(phone, name).send(says);
    await world.drain();
    const [classify, reply] = bodies;
    if (!classify || !reply) throw new Error("the model was not asked");
    return { classify, reply };
  };
  return [await asked(PEOPLE[0]), await asked(PEOPLE[1])];
}

interface Asked {
  classify: Body;
  reply: Body;
}

const systemOf = ({ messages }: Body): string =>
  messages
    .filter(({ role }) => role === "system" || role === "developer")
    .map(({ content }) =>
      typeof content === "string" ? content : z.array(z.object({ text: z.string() })).parse(content)[0]?.text,
    )
    .join("");

/** What the two begin with alike. */
function common(one = "", other = ""): string {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length += 1;
  return one.slice(0, length);
}

async function prefixOf(intent: Parameters<typeof intentNamed>[0]): Promise<string> {
  const [row] = await world.sql<{ profile: CompanyProfile }>`select profile from tenants limit 1`;
  if (!row) throw new Error("no company");
  return replyPrefix(intentNamed(intent), { profile: row.profile, ownPrompt: undefined });
}

beforeEach(() => {
  bodies.length = 0;
});

describe("with models whose service caches by itself", () => {
  beforeAll(() => start({}));
  afterAll(() => close());

  test("requests for two customers of a company begin alike, byte for byte, and nothing of theirs is in it", async () => {
    const [rosa, joao] = await ask();
    // Classifications differ in nothing but the conversation.
    expect(systemOf(joao.classify)).toBe(systemOf(rosa.classify));
    expect(JSON.stringify(joao.classify.response_format)).toBe(JSON.stringify(rosa.classify.response_format));
    // Replies: the same tools, and the same prompt up to the language.
    expect(JSON.stringify(joao.reply.tools)).toBe(JSON.stringify(rosa.reply.tools));
    expect(JSON.stringify(joao.reply.tools)).toContain("lookup");
    const same = common(systemOf(rosa.reply), systemOf(joao.reply));
    expect(same).toBe(`${await prefixOf("product_question")}Language: `);
    expect(same).not.toMatch(/Rosa|João|\d{4}-\d\d-\d\d|\d\d:\d\d;/);
    // What is of the customer comes after all of it.
    const { messages } = rosa.reply;
    expect(JSON.stringify(messages[0])).not.toContain("Rosa");
    expect(JSON.stringify(messages.slice(1))).toContain("Rosa");
    expect(rosa.reply).not.toHaveProperty("prompt_cache_options");
  });

  test("another intent's prompt begins alike up to the intent", async () => {
    const question = await prefixOf("product_question");
    const thanks = await prefixOf("thanks_goodbye");
    expect(common(question, thanks)).toMatch(/This message\nIntent: $/);
  });

  test("what was cached is stored with the turn and costs less", async () => {
    await ask();
    const [turn] = await world.sql<{ cached: number; input: number; usd: number }>`
      select cached_tokens as cached, input_tokens as input, cost_usd::float8 as usd from turns order by started_at desc limit 1`;
    expect(turn?.cached).toBeGreaterThanOrEqual(1_024);
    const { inputUsd } = modelFacts("gpt-4o");
    expect(turn?.usd).toBeLessThan(((turn?.input ?? 0) * (inputUsd ?? 0)) / 1e6);
  });
});

describe("with models whose service caches what is marked", () => {
  beforeAll(() => start({ INTENT_MODEL: "gpt-6-luna", REPLY_MODEL: "gpt-6.1-terra" }));
  afterAll(() => close());

  test("the prefix is marked, and nothing behind it is written to the cache", async () => {
    const [rosa, joao] = await ask();
    const prefix = await prefixOf("product_question");
    for (const { classify, reply } of [rosa, joao]) {
      expect(reply.prompt_cache_options).toEqual({ mode: "explicit" });
      expect(reply.messages[0]).toEqual({
        role: "developer",
        content: [{ type: "text", text: prefix, prompt_cache_breakpoint: { mode: "explicit" } }],
      });
      expect(reply.messages[1]?.content).toMatch(/^Language: /);
      expect(classify.messages[0]?.content).toMatchObject([
        { prompt_cache_breakpoint: { mode: "explicit" } },
      ]);
    }
    // One key for one prefix, and it says nothing.
    expect(joao.reply.prompt_cache_key).toBe(rosa.reply.prompt_cache_key);
    expect(joao.reply.prompt_cache_key).not.toBe(joao.classify.prompt_cache_key);
    expect(joao.reply.prompt_cache_key).toMatch(/^[0-9a-f]{32}$/);
  });
});

describe("the cache of the model's stand-in", () => {
  const long = (words: string) => words.repeat(2_000);
  const ask = (model: string, system: unknown, question: string, more: object = {}) => ({
    ...{ model, ...more },
    messages: [
      { role: "system", content: system },
      { role: "user", content: question },
    ],
  });

  test("knows 1,024 tokens and more of what came before, in steps, of the same model", () => {
    const cache = createPromptCache(ROUGHLY);
    expect(cache.use(ask("gpt-4o", long("abc "), "one"))).toEqual({ cachedTokens: 0, cacheWriteTokens: 0 });
    const { cachedTokens, cacheWriteTokens } = cache.use(ask("gpt-4o", long("abc "), "another"));
    expect([cachedTokens % 128, cacheWriteTokens]).toEqual([0, 0]);
    expect(cachedTokens).toBeGreaterThanOrEqual(1_920);
    expect(cache.use(ask("gpt-4o-mini", long("abc "), "one")).cachedTokens).toBe(0);
    expect(cache.use(ask("gpt-4o", "short", "one")).cachedTokens).toBe(0);
    expect(cache.use("no request")).toEqual({ cachedTokens: 0, cacheWriteTokens: 0 });
  });

  test("newer models know what is marked, and charge for all that is written", () => {
    const cache = createPromptCache(ROUGHLY);
    const plain = (question: string) => cache.use(ask("gpt-6-luna", long("abc "), question));
    expect(plain("one").cacheWriteTokens).toBeGreaterThan(2_000);
    expect(plain("two")).toMatchObject({ cachedTokens: 0, cacheWriteTokens: expect.any(Number) });
    const content = [{ type: "text", text: long("xyz "), prompt_cache_breakpoint: { mode: "explicit" } }];
    const marked = (question: string) =>
      cache.use(ask("gpt-6-luna", content, question, { prompt_cache_options: { mode: "explicit" } }));
    expect(marked("one")).toMatchObject({ cachedTokens: 0 });
    expect(marked("two")).toEqual({ cachedTokens: expect.any(Number), cacheWriteTokens: 0 });
    expect(marked("two").cachedTokens).toBeGreaterThan(2_000);
  });
});
