import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { ModelFaultRule } from "../../fakes/model/faults.ts";
import { sample } from "../support/seed.ts";
import { startWorld, type World } from "../support/world.ts";

let world: World;
let people = 0;

beforeAll(async () => {
  world = await startWorld({ env: { INTENT_TIMEOUT_MS: "1000", REPLY_TIMEOUT_MS: "1500" } });
});
afterAll(() => world.close());
beforeEach(() => world.model.setFault(null));

/** A new customer's message, and how the turn that answered it ended. */
async function ask(text: string, fault: ModelFaultRule | null) {
  people += 1;
  const customer = world.customer(`5191000${1000 + people}`);
  world.model.setFault(fault);
  await customer.send(text);
  const [reply] = await customer.waitForReply();
  await world.drain();
  const [turn] = await world.sql<{
    rung: string;
    intent: string;
    errors: string[];
    state: string;
    language: string;
  }>`
    select rung, intent, errors, state, language from turns order by started_at desc limit 1`;
  return { customer, text: reply?.text ?? "", turn };
}

const FAILURES: [string, ReturnType<ModelFaultRule>][] = [
  ["answers 429", { status: 429 }],
  ["answers 500", { status: 500 }],
  ["answers garbage", { garbage: "<html>not json" }],
  ["refuses", { refusal: "I cannot help with that." }],
  ["says nothing", { content: "" }],
  ["cuts the connection", { reset: true }],
  ["says nothing until the deadline", { hang: true }],
];

describe.each(sample(FAILURES, 2))("when the model %s", (_name, fault) => {
  test("to the classification, the general intent answers", async () => {
    const { turn, text } = await ask("¿Cuánto cuesta el envío?", ({ kind }) =>
      kind === "classify" ? fault : null,
    );
    expect(turn).toMatchObject({
      rung: "no_classification",
      intent: "general",
      state: "answered",
      language: "es",
    });
    expect(turn?.errors[0]).toMatch(/^classify:/);
    expect(text).toContain("S/ 10");
  });

  test("as the reply model, the fallback model answers", async () => {
    const { turn, text } = await ask("¿Cuánto cuesta el envío?", ({ model }) =>
      model === "gpt-4o" ? fault : null,
    );
    expect(turn).toMatchObject({ rung: "fallback_model", intent: "product_question", state: "answered" });
    expect(text).toContain("S/ 10");
  });

  test("whenever there are tools, a plain answer is given without them", async () => {
    const { turn } = await ask("¿Cuánto cuesta el envío?", ({ tools }) => (tools.length > 0 ? fault : null));
    expect(turn).toMatchObject({ rung: "plain", state: "answered" });
  });

  test("to everything, an apology in the customer's language offers a person", async () => {
    const { turn, text } = await ask("quanto custa o frete?", () => fault);
    expect(turn).toMatchObject({ rung: "apology", state: "answered", language: "pt" });
    expect(turn?.errors).toHaveLength(4);
    expect(text).toMatch(/Desculpe.*pessoa/s);
  });
});

test("a classification outside of the table is no classification, and is paid for", async () => {
  const wrong = JSON.stringify({ intent: "world_domination", confidence: 1, language: "es" });
  const answer = {
    ...{ id: "chatcmpl-1", object: "chat.completion", created: 1_790_000_000, model: "gpt-4o-mini" },
    choices: [{ index: 0, message: { role: "assistant", content: wrong }, finish_reason: "stop" }],
    usage: { prompt_tokens: 700_000, completion_tokens: 20, total_tokens: 700_020 },
  };
  const { turn, customer } = await ask("hola", ({ kind }) =>
    kind === "classify" ? { garbage: JSON.stringify(answer) } : null,
  );
  expect(turn).toMatchObject({ rung: "no_classification", intent: "general" });
  const [spent] = await world.sql<{ tokens: number }>`
    select input_tokens as tokens from turns t join conversations c on c.id = t.conversation_id
      join customers u on u.id = c.customer_id where u.phone = ${customer.phone}`;
  expect(spent?.tokens).toBeGreaterThan(700_000);
});

test("low confidence falls to the general intent", async () => {
  const unsure = JSON.stringify({ intent: "complaint", confidence: 0.3, language: "es" });
  const { turn } = await ask("mmm", ({ kind }) => (kind === "classify" ? { content: unsure } : null));
  expect(turn).toMatchObject({ rung: "full", intent: "general" });
});

test("a customer who asks for a person reaches one although no model answers", async () => {
  const { turn, customer } = await ask("quiero hablar con una persona", () => ({ status: 500 }));
  expect(turn).toMatchObject({ rung: "apology" });
  const handoffs = await world.sql`
    select h.reason from handoffs h join conversations c on c.id = h.conversation_id join customers u on u.id = c.customer_id
      where u.phone = ${customer.phone}`;
  expect(handoffs).toEqual([{ reason: "customer_request" }]);
});

test("a second failure in a row brings a person", async () => {
  const { customer } = await ask("¿Cuánto cuesta el envío?", () => ({ status: 500 }));
  world.model.setFault(() => ({ status: 500 }));
  await customer.send("¿hola?");
  const [, second] = await customer.waitForReply(2);
  expect(second?.text).toMatch(/persona del equipo/);
  await world.drain();
  const [conversation] = await world.sql`
    select c.status from conversations c join customers u on u.id = c.customer_id where u.phone = ${customer.phone}`;
  expect(conversation).toEqual({ status: "human" });
});

test("a handoff that was opened before the model failed is still told and kept", async () => {
  const { text, turn } = await ask("quiero hablar con una persona", ({ messages }) =>
    messages.some(({ role }) => role === "tool") ? { status: 500 } : null,
  );
  expect(turn).toMatchObject({ rung: "apology", state: "answered" });
  expect(text).toMatch(/persona del equipo/);
});

test("a tool that fails is told to the model, which answers all the same", async () => {
  world.company.setFault(() => ({ status: 500 }));
  const { turn, text } = await ask("¿Dónde está mi pedido 1042?", null);
  world.company.setFault(null);
  expect(turn).toMatchObject({
    rung: "full",
    intent: "order_status",
    state: "answered",
    errors: ["tool:http_500"],
  });
  expect(text).not.toBe("");
  const [call] = await world.sql`select failed from tool_calls order by id desc limit 1`;
  expect(call).toEqual({ failed: true });
});
