import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { loadCompany, readCompany } from "../../db/company.ts";
import { later } from "../support/later.ts";
import { startWorld, WORLD, type World } from "../support/world.ts";

let world: World;
let people = 0;

const newcomer = (name = "Ana") => world.customer(`51946${100_000 + people++}`, name);

/** What the last turn says of itself. */
async function lastTurn() {
  await world.drain();
  const [turn] = await world.sql`
    select intent, language, decided_by, rung, reply_model, intent_model, model_choice, input_tokens, cost_usd::float8 as usd, errors, state
      from turns order by started_at desc limit 1`;
  return turn;
}

/** The reply to a newcomer who says this, the turn, and how often a model was asked. */
async function ask(text: string, customer = newcomer()) {
  world.model.requests.length = 0;
  const before = customer.replies().length;
  await customer.send(text);
  const replies = await customer.waitForReply(before + 1);
  const turn = await lastTurn();
  return { text: replies.at(-1)?.text, turn, calls: world.model.requests.length };
}

const CACHED = {
  ...{ intent: "product_question", language: "es", decided_by: "cache", rung: "cached", state: "answered" },
  ...{ reply_model: null, intent_model: null, model_choice: null, input_tokens: 0, usd: 0, errors: [] },
};

describe("with ANSWER_CACHE=on", () => {
  beforeAll(async () => {
    world = await startWorld({ env: { ANSWER_CACHE: "on" } });
  });
  afterAll(() => world.close());

  test("the second customer with a question gets the first one's answer, without a model", async () => {
    const first = await ask("¿Cuánto cuesta el envío a Arequipa?");
    expect(first.turn).toMatchObject({ decided_by: "model", rung: "full", intent: "product_question" });
    const second = await ask("cuanto cuesta el envio a arequipa");
    expect(second).toEqual({ text: first.text, turn: CACHED, calls: 0 });
  });

  test("such a turn counts as any other of the bot's, and what follows has a model", async () => {
    await ask("¿Qué tallas tienen los ponchos?");
    const customer = newcomer();
    expect((await ask("¿Qué tallas tienen los ponchos?", customer)).turn).toEqual(CACHED);
    const next = await ask("¿Qué tallas tienen los ponchos?", customer);
    expect(next.turn).toMatchObject({ rung: "full" });
    const handoff = await ask("quiero hablar con una persona", customer);
    expect(handoff.turn).toMatchObject({ intent: "human_handoff" });
    const [open] = await world.sql<{ count: number }>`
      select count(*)::int from handoffs h join conversations c on c.id = h.conversation_id
        join customers u on u.id = c.customer_id where u.phone = ${customer.phone}`;
    expect(open?.count).toBe(1);
  });

  test("whom it answered is asked for a rating of the bot", async () => {
    await ask("¿Tienen tarjetas de regalo?");
    const customer = newcomer();
    expect((await ask("¿Tienen tarjetas de regalo?", customer)).turn).toEqual(CACHED);
    await later(world, "2 hours");
    await world.resume();
    await world.drain();
    const [rating] = await world.sql`
      select r.served_by, r.not_asked, r.intent from csat r join customers u on u.id = r.customer_id where u.phone = ${customer.phone}`;
    expect(rating).toEqual({ served_by: "bot", not_asked: null, intent: "product_question" });
  });

  test("an answer that may be kept is made without name and time; any other with both", async () => {
    const asked = async (text: string) => {
      await ask(text, newcomer("Zoraida"));
      const said = world.model.requests.filter(({ kind }) => kind !== "classify");
      return JSON.stringify(said.map(({ messages }) => messages));
    };
    const kept = await asked("¿Venden tarjetas de regalo?");
    expect(kept).not.toContain("Zoraida");
    expect(kept).not.toContain("Local time");
    const other = await asked("¿Venden tarjetas de regalo hoy?");
    expect(other).toContain("Zoraida");
    expect(other).toContain("Local time");
  });

  test("a new version of the company asks anew", async () => {
    const question = "¿Cómo lavo una chompa de alpaca?";
    await ask(question);
    expect((await ask(question)).calls).toBe(0);
    const company = await readCompany({ sql: world.sql }, WORLD.phoneNumberId);
    if (!company) throw new Error("no company");
    const knowledge = company.knowledge.map((passage) => ({ ...passage, body: `${passage.body} Nuevo.` }));
    await loadCompany({ sql: world.sql }, WORLD.phoneNumberId, { ...company, knowledge });
    expect((await ask(question)).turn).toMatchObject({ rung: "full" });
    expect((await ask(question)).calls).toBe(0);
  });

  test("whoever has heard a model before has a history", async () => {
    const question = "¿Venden al por mayor?";
    await ask(question);
    const talkative = newcomer();
    await ask("hola", talkative);
    expect((await ask(question, talkative)).turn).toMatchObject({ rung: "full" });
  });

  test("what asks for a person, complains or is not about the company is never kept", async () => {
    for (const text of ["quiero un asesor", "cuéntame un chiste", "el poncho vino manchado"])
      for (const time of [1, 2])
        expect((await ask(text)).turn, `${text} ${time}`).not.toMatchObject({ rung: "cached" });
  });

  test("what the fallback model answered is not kept", async () => {
    const question = "¿De qué material son las mantas?";
    world.model.setFault(({ kind, model }) =>
      kind !== "classify" && model === "gpt-4o" ? { status: 500 } : null,
    );
    expect((await ask(question)).turn).toMatchObject({ rung: "fallback_model" });
    world.model.setFault(null);
    expect((await ask(question)).turn).not.toMatchObject({ rung: "cached" });
  });
});

describe("greetings by fixed words", () => {
  beforeAll(async () => {
    world = await startWorld({ env: { ANSWER_CACHE: "on", INTENT_FAST_PATH: undefined } });
    await world.sql`update tenants set profile = profile || '{"courtesies": true}'`;
  });
  afterAll(() => world.close());

  test("are no history", async () => {
    const question = "¿Venden al por mayor?";
    const first = await ask(question);
    const customer = newcomer();
    expect((await ask("hola", customer)).turn).toMatchObject({ rung: "courtesy" });
    const second = await ask(question, customer);
    expect(second).toMatchObject({ text: first.text, turn: CACHED, calls: 0 });
  });
});

test("by default every customer asks the models", async () => {
  world = await startWorld();
  try {
    for (const time of [1, 2])
      expect((await ask("¿Venden al por mayor?")).turn, String(time)).toMatchObject({ rung: "full" });
  } finally {
    await world.close();
  }
});

describe("a cache that is away", () => {
  beforeAll(async () => {
    world = await startWorld({ endpoints: true, env: { ANSWER_CACHE: "on", CACHE_TIMEOUT_MS: "80" } });
  });
  afterEach(() => world.upstash.setFault(null));
  afterAll(() => world.close());

  test.each([
    ["hangs", { hang: true } as const],
    ["is gone", { reset: true } as const],
    ["answers nonsense", { status: 200, body: { result: "eA==" } }],
  ])("because it %s costs nobody a reply", async (_, fault) => {
    await ask("¿Venden al por mayor?");
    world.upstash.setFault(() => fault);
    const { turn, text } = await ask("¿Venden al por mayor?");
    expect(turn).toMatchObject({ rung: "full", state: "answered", errors: [] });
    expect(text).toBeTruthy();
  });
});
