import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { ModelFaultRule } from "../../fakes/model/faults.ts";
import { SERVICE_WORDS } from "../../fakes/model/services/words.ts";
import type { Feature } from "../../lib/config/features.ts";
import { sample } from "../support/seed.ts";
import { startWorld, type World } from "../support/world.ts";

let world: World;
let people = 0;

beforeAll(async () => {
  world = await startWorld({ env: { REPLY_MODEL: "tienda-mini-prod", FALLBACK_MODEL: "tienda-mini-prod" } });
});
afterAll(() => world.close());
beforeEach(() => world.model.setFault(null));

const PERSON = "mire, ya no quiero seguir con esto, necesito que me atienda alguien de ustedes";
const PRICE = "¿Cuánto cuesta el envío?";

interface Asked {
  text: string;
  turn: { rung: string; intent: string; language: string; confidence: number; errors: string[] } | undefined;
  requests: number;
  handoffs: number;
}

/** A new customer's message: what came back, and what it took. */
async function ask(text: string, fault: ModelFaultRule | null = null): Promise<Asked> {
  people += 1;
  const customer = world.customer(`5191003${1000 + people}`);
  world.model.setFault(fault);
  const before = world.model.requests.length;
  await customer.send(text);
  const [reply] = await customer.waitForReply();
  await world.drain();
  const turns = await world.sql<NonNullable<Asked["turn"]>>`
    select t.rung, t.intent, t.language, t.confidence, t.errors from turns t
      join conversations c on c.id = t.conversation_id join customers u on u.id = c.customer_id
      where u.phone = ${customer.phone} order by t.started_at desc limit 1`;
  const handoffs = await world.sql`
    select h.id from handoffs h join conversations c on c.id = h.conversation_id
      join customers u on u.id = c.customer_id where u.phone = ${customer.phone}`;
  return {
    text: reply?.text ?? "",
    turn: turns[0],
    requests: world.model.requests.length - before,
    handoffs: handoffs.length,
  };
}

/** Answers a classification in these words. */
const classifies =
  (content: string): ModelFaultRule =>
  ({ kind }) =>
    kind === "classify" ? { content } : null;

const OBJECT = '{"intent":"human_handoff","confidence":0.97,"language":"es"}';

describe("a classification is understood where a person would understand it", () => {
  test.each([
    ["after prose", `Sure! Here is the JSON: ${OBJECT}`],
    ["in a fence", `\`\`\`json\n${OBJECT}\n\`\`\``],
    ["with a confidence in quotes", '{"intent":"human_handoff","confidence":"0.97","language":"es"}'],
    ["after a thought", `<think>Maybe {"intent":"complaint"}? No.</think>\n${OBJECT}`],
    ["with other values", '{"Intent":"Human Handoff","Confidence":"97%","Language":"es-PE","why":"asks"}'],
  ])("%s", async (_name, answer) => {
    const { turn, handoffs } = await ask(PERSON, classifies(answer));
    expect(turn).toMatchObject({ intent: "human_handoff", language: "es", rung: "full", errors: [] });
    expect(turn?.confidence).toBeCloseTo(0.97);
    expect(handoffs).toBe(1);
  });

  test.each([
    ["taken for a thought", { content: "", reasoning_content: OBJECT }],
    [
      "as a call",
      { content: null, tool_calls: [{ id: "1", function: { name: "json", arguments: OBJECT } }] },
    ],
    ["as an object", { content: JSON.parse(OBJECT) }],
  ])("%s", async (_name, message) => {
    const choice = { index: 0, message: { role: "assistant", ...message }, finish_reason: "stop" };
    const garbage = JSON.stringify({ id: "1", object: "chat.completion", model: "m", choices: [choice] });
    const { turn } = await ask(PERSON, ({ kind }) => (kind === "classify" ? { garbage } : null));
    expect(turn).toMatchObject({ intent: "human_handoff", language: "es", rung: "full", errors: [] });
  });

  test("an answer that nobody understands is none", async () => {
    const { turn } = await ask(PRICE, classifies("I would rather talk about the weather."));
    expect(turn).toMatchObject({ rung: "no_classification", intent: "general" });
  });
});

describe("a moment's trouble is waited for", () => {
  const first =
    (fault: ReturnType<ModelFaultRule>): ModelFaultRule =>
    (_request, n) =>
      n === 1 ? fault : null;

  test.each([
    ["429 with Retry-After", { status: 429, headers: { "retry-after": "1" } }],
    ["503 while it loads", { status: 503, body: { error: { message: "Loading model", code: 503 } } }],
    ["a connection that is cut", { reset: true } as const],
    ["an answer that breaks off", { garbage: '{"id":"chatcmpl-1","choices":[{"mess' }],
  ])("%s", async (_name, fault) => {
    const { turn, text } = await ask(PRICE, first(fault));
    expect(turn).toMatchObject({ rung: "full", intent: "product_question", errors: [] });
    expect(text).toContain("S/ 10");
  });

  test("but a quota is not: the next rung answers at once", async () => {
    const quota = { error: { message: "You exceeded your current quota", code: "insufficient_quota" } };
    const { turn, requests } = await ask(PRICE, ({ kind }) =>
      kind === "classify" ? { status: 429, body: quota, headers: { "retry-after": "1" } } : null,
    );
    expect(turn).toMatchObject({ rung: "no_classification" });
    expect(requests).toBe(3);
  });

  test("and a conversation that is too long for the model is asked again, shorter", async () => {
    const long = `${PRICE} ${"Es para un regalo que quiero mandar a mi hermana. ".repeat(60)}`;
    const message = "This model's maximum context length is 2048 tokens. However, you requested 2400 tokens.";
    const tooLong: ModelFaultRule = ({ messages }) =>
      messages.some(({ text }) => text.length > 2_500 && text.includes("hermana"))
        ? { status: 400, body: { error: { message, code: "context_length_exceeded" } } }
        : null;
    const { turn, text } = await ask(long, tooLong);
    expect(turn).toMatchObject({ rung: "full", errors: [] });
    expect(text).toContain("S/ 10");
  });
});

test("a service that ignores which tool must be called keeps the promise of a person", async () => {
  const { turn, text, handoffs } = await ask(PERSON, ({ kind }) =>
    kind === "classify" ? { content: OBJECT } : { content: "Claro, ¿qué necesitas?" },
  );
  expect(turn).toMatchObject({ intent: "human_handoff", rung: "full" });
  expect(handoffs).toBe(1);
  expect(text).toMatch(/persona/);
});

test("a service that calls a tool although none may be called any more is asked without", async () => {
  const lookup = { name: "lookup", arguments: JSON.stringify({ source: "knowledge", query: "envío" }) };
  const { turn, text, requests } = await ask(PRICE, ({ kind, toolChoice }) =>
    kind === "tools" || toolChoice === "none" ? { toolCalls: [lookup] } : null,
  );
  expect(turn).toMatchObject({ intent: "product_question", rung: "full", errors: [] });
  expect(text).toContain("S/ 10");
  expect(requests).toBe(5);
});

/** In this order the service becomes stricter; what it refused before stays refused. */
const STRICTER: readonly [service: string, features: readonly Feature[]][] = [
  ["openai", ["max_tokens", "json_schema"]],
  ["lm_studio", ["forced_tool", "json_object"]],
  ["llama_cpp", ["repeated_role", "system", "vision"]],
  ["ollama", ["tools"]],
];

describe("a service that refuses more and more", () => {
  test.each(sample(STRICTER, STRICTER.length / 2))("in the words of %s: %s", async (service) => {
    const refuses = STRICTER.slice(0, STRICTER.findIndex(([name]) => name === service) + 1);
    const words = SERVICE_WORDS[service] ?? expect.unreachable();
    world.model.setService({ refuses: refuses.flatMap(([, refused]) => refused), words });
    const price = await ask(PRICE);
    expect(price.turn).toMatchObject({ rung: "full", intent: "product_question", errors: [] });
    expect(price.text).toContain("S/ 10");
    const person = await ask(PERSON, classifies(OBJECT));
    expect(person).toMatchObject({
      handoffs: 1,
      turn: { intent: "human_handoff", rung: "full", errors: [] },
    });
    // All of it is learnt by now: no request is refused any more.
    const again = await ask(PRICE);
    expect(again.requests).toBe(2);
    expect(again.text).toContain("S/ 10");
    world.model.setService(null);
  });

  test("without tools an order is looked up all the same", async () => {
    const { turn, text } = await ask("¿Dónde está mi pedido 1042?");
    expect(turn).toMatchObject({ rung: "full", intent: "order_status" });
    expect(text).toContain("No encuentro ese pedido");
  });
});
