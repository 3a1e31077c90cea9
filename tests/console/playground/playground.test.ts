import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import type { ReplayView } from "../../../contracts/console/playground.ts";
import { createDrafts } from "../../../db/console/versions.ts";
import { createThrottle } from "../../../lib/cache/throttle.ts";
import { createUpstashScripts } from "../../../lib/cache/upstash.ts";
import { harmless } from "../../../lib/turn/playground/onlooker.ts";
import { demoEngine } from "../../support/postgres.ts";
import { startWorld, WORLD, type World } from "../../support/world.ts";
import { type Member, signedInAs } from "../member.ts";
import { ask, asMessage, chunksIn, pretend } from "./asks.ts";

let world: World;
let agent: Member;
let people = 0;
beforeAll(async () => {
  world = await startWorld({
    engine: demoEngine,
    env: { REPLY_TIMEOUT_MS: "30000", INTENT_TIMEOUT_MS: "30000", BUDGET_USD: "5" },
  });
  agent = await signedInAs(world, "agent");
});
afterAll(() => world.close());
afterEach(() => {
  world.model.setFault(null);
  world.model.setService(null);
  world.model.setLives({});
  world.model.requests.length = 0;
});

/** What the model says to everything but the classification. */
const says = (content: string, stream = {}) =>
  world.model.setFault(({ kind }) => (kind === "classify" ? null : { content, stream }));

/** Every row of every table but what trials may leave behind, and every request that the Graph stand-in had. */
async function everything(): Promise<Record<string, string>> {
  const tables = await world.sql<{ name: string }>`
    select relname as name from pg_class where relkind = 'r' and relnamespace = current_schema()::regnamespace order by 1`;
  const rows: Record<string, string> = { graph: JSON.stringify(world.graph.sent) };
  for (const { name } of tables) {
    if (OWN_TABLES.has(name)) continue;
    const [row] = await world.sql<{ all: string }>`
      select query_to_xml(${`select to_jsonb(t)::text from ${name} t order by 1`}, true, false, '')::text as all`;
    rows[name] = row?.all ?? "";
  }
  return rows;
}
/** Cost, budget, and who asked. */
const OWN_TABLES = new Set(["playground_answers", "usage", "audit_log"]);

const spentToday = async (): Promise<number> => {
  const [row] = await world.sql<{ usd: number }>`select coalesce(sum(usd), 0)::float8 as usd from usage`;
  return row?.usd ?? 0;
};
const booked = () => world.sql<{ model: string; usd: number | null; errors: string[] }>`
  select model, cost_usd::float8 as usd, errors from playground_answers where tenant_id = ${agent.tenantId}::uuid order by created_at desc`;

describe("an answer", () => {
  test("comes word by word, and ends in the bubbles that WhatsApp would show", async () => {
    says("Sí, tenemos **ponchos** de alpaca. ¿Cuál te gusta?");
    const { status, words, chunks, data } = await ask(agent, pretend("¿tienen ponchos?"));
    expect(status).toBe(200);
    expect(words).toBe("Sí, tenemos **ponchos** de alpaca. ¿Cuál te gusta?");
    expect(chunks.filter(({ type }) => type === "text-delta").length).toBeGreaterThan(3);
    const [answer] = data("answer");
    expect(answer?.messages.map(({ text }) => text)).toEqual([
      "Sí, tenemos *ponchos* de alpaca. ¿Cuál te gusta?",
    ]);
    expect(answer).toMatchObject({ rung: "full", model: "gpt-4o", written: null, handoff: null, errors: [] });
    expect(answer?.firstTokenMs).toBeLessThanOrEqual(answer?.totalMs ?? -1);
    expect(data("understood")).toEqual([
      expect.objectContaining({ intent: "product_question", decidedBy: "model", language: "es" }),
    ]);
    // The prompt of a real turn, not of a draft.
    expect(world.model.requests.at(-1)?.messages[0]?.text).not.toContain("A colleague has this conversation");
  });

  test("shows tools as they run, with what went in and came out", async () => {
    const { chunks, data } = await ask(agent, pretend("¿dónde está mi pedido?"));
    const order = chunks.map(({ type }) => type);
    expect(order.indexOf("tool-input-available")).toBeLessThan(order.indexOf("tool-output-available"));
    expect(chunks.find(({ type }) => type === "tool-input-available")).toMatchObject({
      toolName: "lookup",
      input: { source: "orders" },
    });
    expect(data("tool").at(-1)).toMatchObject({ simulated: false, failed: false, ms: expect.any(Number) });
  });

  test("looks orders up under the pretend number, and finds none under another", async () => {
    const known = await ask(agent, pretend("¿dónde está mi pedido?"));
    const unknown = await ask(
      agent,
      pretend("¿dónde está mi pedido?", { customer: { name: null, language: "es", phone: "51000000009" } }),
    );
    const outputOf = (asked: typeof known) =>
      JSON.stringify(asked.chunks.find(({ type }) => type === "tool-output-available"));
    expect(outputOf(known)).toContain('"number"');
    expect(outputOf(unknown)).not.toContain('"number"');
  });

  test("knows what was said before, and a tap on its own button", async () => {
    says("Perfecto.");
    const history = [
      { direction: "in", text: "quiero una talla", tap: null },
      { direction: "out", text: "¿Qué talla?", tap: null },
    ] as const;
    const message = { direction: "in", text: "Mediana", tap: { id: "m", list: false } } as const;
    await ask(agent, pretend("", { history: [...history], message }));
    const said = world.model.requests
      .at(-1)
      ?.messages.slice(1)
      .map(({ text }) => text);
    expect(said).toEqual(expect.arrayContaining(["quiero una talla", "¿Qué talla?", "【button】 Mediana"]));
  });

  test("is a stream that the AI SDK reads", async () => {
    const { chunks } = await ask(agent, pretend("¿dónde está mi pedido?"));
    const message = await asMessage(chunks);
    const kinds = message?.parts.map(({ type }) => type);
    expect(kinds).toEqual(expect.arrayContaining(["data-understood", "dynamic-tool", "text", "data-answer"]));
    expect(message?.parts.find(({ type }) => type === "dynamic-tool")).toMatchObject({
      state: "output-available",
      toolName: "lookup",
    });
  });

  test("is paid by the company's budget, and told with its price", async () => {
    const before = await spentToday();
    const { data } = await ask(agent, pretend("¿tienen ponchos?"));
    const [row] = await booked();
    expect(row).toMatchObject({ model: "gpt-4o", errors: [] });
    expect(row?.usd).toBeCloseTo(data("answer")[0]?.costUsd ?? -1, 8);
    expect(await spentToday()).toBeCloseTo(before + (row?.usd ?? 0), 8);
  });

  test("of a model without a known price has no price, and is not free for the budget", async () => {
    const before = await spentToday();
    const { data } = await ask(agent, pretend("¿tienen ponchos?", { model: "llama-9" }));
    expect(data("answer")[0]).toMatchObject({ model: "llama-9", costUsd: null });
    expect(await spentToday()).toBeGreaterThan(before);
  });
});

describe("two sides of the same question", () => {
  test("are answered by the model that was chosen for each, and by no other", async () => {
    const [one, other] = await Promise.all([
      ask(agent, pretend("¿tienen ponchos?", { model: "gpt-6-luna" })),
      ask(agent, pretend("¿tienen ponchos?", { model: "gpt-4o-mini" })),
    ]);
    expect(one.data("answer")[0]?.model).toBe("gpt-6-luna");
    expect(other.data("answer")[0]?.model).toBe("gpt-4o-mini");
    world.model.setFault(({ kind, model }) =>
      kind !== "classify" && model === "gpt-6-luna" ? { status: 500 } : null,
    );
    const failed = await ask(agent, pretend("¿tienen ponchos?", { model: "gpt-6-luna" }));
    expect(
      new Set(world.model.requests.filter(({ kind }) => kind !== "classify").map(({ model }) => model)),
    ).toEqual(new Set(["gpt-6-luna", "gpt-4o-mini"]));
    expect(failed.data("answer")[0]?.rung).toBe("apology");
  });

  test("a draft that nobody has saved answers with its own words", async () => {
    expect(await ask(agent, pretend("hola", { version: "draft" }))).toMatchObject({
      status: 404,
      code: "no_version",
    });
    const changes = { profile: { about: "Only hats of straw." } };
    const { tenantId, operatorId } = agent;
    await createDrafts(world).keep(tenantId, operatorId, { revision: 0, basedOn: null, changes });
    await ask(agent, pretend("¿qué venden?", { version: "draft" }));
    expect(world.model.requests.at(-1)?.messages[0]?.text).toContain("Only hats of straw.");
    world.model.requests.length = 0;
    await ask(agent, pretend("¿qué venden?"));
    expect(world.model.requests.at(-1)?.messages[0]?.text).not.toContain("Only hats of straw.");
  });
});

describe("it can never send", () => {
  test("whatever it is asked, no table and no request to Meta changes", async () => {
    const customer = world.customer("51977000001");
    await customer.send("¿dónde está mi pedido?");
    await world.drain();
    const [turn] = await world.sql<{ id: string }>`select id from turns order by started_at desc limit 1`;
    const before = await everything();
    expect(Object.keys(before).length).toBeGreaterThan(20);
    for (const input of [
      pretend("quiero hablar con una persona"),
      pretend("¡esto es un robo, quiero quejarme!"),
      pretend("STOP"),
      pretend("muéstrame opciones de ponchos"),
      // The number of a real customer.
      pretend("¿dónde está mi pedido?", { customer: { name: "Ana", language: "es", phone: "51977000001" } }),
      pretend("hola", { model: "gpt-6-luna" }),
      { model: null, version: "live", of: "turn", turnId: turn?.id ?? "" },
    ])
      expect((await ask(agent, input)).data("answer")).toHaveLength(1);
    await world.drain();
    expect(await everything()).toEqual(before);
    // What it may leave behind, it did.
    expect((await booked()).length).toBeGreaterThanOrEqual(7);
  });

  test("a handoff is played and said to be", async () => {
    const { data, chunks } = await ask(agent, pretend("quiero hablar con una persona"));
    expect(data("answer")[0]?.handoff).toMatchObject({ reason: "customer_request" });
    expect(data("tool").every(({ simulated }) => simulated)).toBe(true);
    expect(chunks.find(({ type }) => type === "tool-input-available")).toMatchObject({ toolName: "handoff" });
    const [{ open } = { open: -1 }] = await world.sql<{
      open: number;
    }>`select count(*)::int as open from handoffs`;
    expect(open).toBe(0);
  });

  test("a tool with an effect of its own is not carried out", async () => {
    let done = 0;
    const refund = { inputSchema: z.object({}), execute: async () => ++done };
    const options = { toolCallId: "call", messages: [] };
    expect(await harmless("refund", refund, null).execute?.({}, options)).toEqual({
      simulated: expect.any(String),
    });
    expect(done).toBe(0);
    expect(await harmless("handoff", refund, null).execute?.({}, options)).toBe(1);
  });

  test("an opt-out is confirmed and not kept", async () => {
    const { data } = await ask(agent, pretend("STOP"));
    expect(data("answer")[0]).toMatchObject({ rung: "fixed", optsOut: true, costUsd: 0, firstTokenMs: null });
    expect(world.model.requests).toEqual([]);
  });
});

describe("the checks of the bot", () => {
  test.each([
    ["an address", "Paga aquí: https://evil.example/pay. Gracias.", "evil.example", "cut:address"],
    ["a call as text", 'Claro.\n{"name": "handoff", "arguments": {"summary": "x"}}', "arguments", "cut:"],
    ["a thought", "<think>Es tonto.</think>Tenemos ponchos.", "tonto", "cut:thinking"],
  ])("cut %s, and show what was written", async (_name, words, secret, code) => {
    says(words);
    const { data } = await ask(agent, pretend("¿tienen ponchos?"));
    const [answer] = data("answer");
    expect(JSON.stringify(answer?.messages)).not.toContain(secret);
    expect(answer?.written).toBe(words);
    expect(answer?.errors.some((error) => error.startsWith(code))).toBe(true);
  });

  test("a reply that cannot be used is shown as failed, and the next rung answers", async () => {
    let asked = 0;
    world.model.setFault(({ kind }) =>
      kind === "classify" ? null : { content: asked++ === 0 ? "…" : "Sí, tenemos." },
    );
    const { data } = await ask(agent, pretend("¿tienen ponchos?"));
    expect(data("attempt").map(({ rung }) => rung)).toEqual(["full", "fallback_model"]);
    expect(data("failed")).toEqual([{ rung: "full", code: "reply_blank" }]);
    expect(data("answer")[0]).toMatchObject({ rung: "fallback_model", model: "gpt-4o-mini" });
  });

  test("HTML stays text", async () => {
    says('Hola <img src=x onerror="alert(1)"> y <script>alert(2)</script>.');
    const { words } = await ask(agent, pretend("¿tienen ponchos?"));
    expect(words).toContain("<img src=x");
  });
});

describe("what goes wrong", () => {
  test("a stream that breaks off in the middle is told, and the fallback model answers", async () => {
    world.model.setFault(({ kind, model }) =>
      kind === "classify"
        ? null
        : { content: "Uno. Dos. Tres. Cuatro.", ...(model === "gpt-4o" && { stream: { cutAfter: 5 } }) },
    );
    const { data, words } = await ask(agent, pretend("¿tienen ponchos?"));
    expect(data("failed")).toHaveLength(1);
    expect(words.endsWith("Uno. Dos. Tres. Cuatro.")).toBe(true);
    expect(data("answer")[0]?.model).toBe("gpt-4o-mini");
  });

  test("a refused key is told by its code, with what a customer would get", async () => {
    world.model.setFault(() => ({ status: 401 }));
    const { data } = await ask(agent, pretend("¿tienen ponchos?"));
    expect(data("understood")[0]?.decidedBy).toBe("default");
    expect(data("failed").map(({ code }) => code)).toEqual(["http_401", "http_401", "http_401"]);
    expect(data("answer")[0]?.rung).toBe("apology");
  });

  test("who leaves ends the model's call, and pays for what was used", async () => {
    const before = await spentToday();
    says("Uno. Dos. Tres. ".repeat(200), { pauseMs: 5 });
    const leaving = new AbortController();
    const response = await agent.post("/playground/answers", pretend("¿tienen ponchos?"), {
      signal: leaving.signal,
    });
    const reader = response.body?.getReader();
    let body = "";
    while (!body.includes("text-delta")) body += new TextDecoder().decode((await reader?.read())?.value);
    expect(chunksIn(body).length).toBeGreaterThan(1);
    leaving.abort();
    await world.drain();
    const [row] = await booked();
    expect(row?.errors).toEqual([expect.stringMatching(/aborted/)]);
    expect(row?.usd).toBeGreaterThan(0);
    expect(await spentToday()).toBeGreaterThan(before);
    expect(world.model.requests.filter(({ kind }) => kind !== "classify")).toHaveLength(1);
  });

  test("when the day's budget is used up no model is asked", async () => {
    await world.sql`insert into usage (tenant_id, day, share, turns, sound_s, usd) values (${agent.tenantId}::uuid, utc_today(), 99, 0, 0, 5)`;
    expect(await ask(agent, pretend("hola"))).toMatchObject({ status: 409, code: "budget" });
    await world.sql`delete from usage where share = 99`;
    expect(world.model.requests).toEqual([]);
  });

  test.each([
    ["a long text", pretend("x".repeat(5_000))],
    ["an empty text", pretend("  ")],
    [
      "a long history",
      pretend("hola", { history: Array(11).fill({ direction: "in", text: "hola", tap: null }) }),
    ],
    ["a model that is none", pretend("hola", { model: "a b" })],
    ["a number in words", pretend("hola", { customer: { name: null, language: "es", phone: "+51 999" } })],
    ["another language", pretend("hola", { customer: { name: null, language: "fr" as "es", phone: null } })],
  ])("%s is refused", async (_name, input) => {
    expect(await ask(agent, input)).toMatchObject({ status: 400, code: "invalid" });
    expect(world.model.requests).toEqual([]);
  });

  test("who asks too often has to wait", async () => {
    const eager = await signedInAs(world, "agent", "eager");
    const { KV_REST_API_URL: url = "", KV_REST_API_TOKEN: token = "" } = world.environment;
    const scripts = createUpstashScripts({ url, token });
    const throttle = createThrottle({ scripts, token, log: { warn: () => undefined } });
    for (let asked = 0; asked < 59; asked++)
      await throttle.attempt([{ name: `playground ${eager.operatorId}`, max: 60 }]);
    expect((await ask(eager, pretend("STOP"))).status).toBe(200);
    expect(await ask(eager, pretend("STOP"))).toMatchObject({ status: 429, code: "too_many" });
    // Another operator does not.
    expect((await ask(agent, pretend("STOP"))).status).toBe(200);
  });
});

describe("a real turn, once more", () => {
  async function answered(...texts: string[]) {
    const customer = world.customer(`5197800${1000 + people++}`, "Eva");
    for (const text of texts) {
      await customer.send(text);
      await world.drain();
    }
    const turns = await world.sql<{ id: string; conversationId: string }>`
      select t.id, t.conversation_id as "conversationId" from turns t join conversations c on c.id = t.conversation_id
        join customers u on u.id = c.customer_id where u.phone = ${customer.phone} order by t.started_at`;
    world.model.requests.length = 0;
    return { customer, turns };
  }

  test("has the history and the question of its time, whatever came later", async () => {
    const { customer, turns } = await answered("hola", "¿tienen ponchos?", "¿y gorros?");
    const turnId = turns[1]?.id ?? "";
    const view = (await (await agent.get(`/playground/turns/${turnId}`)).json()) as ReplayView;
    expect(view.question.map(({ text }) => text)).toEqual(["¿tienen ponchos?"]);
    expect(view.history.map(({ direction }) => direction)).toEqual(["in", "out"]);
    expect(view.customer).toEqual({ name: "Eva", language: "es", hasPhone: true });
    expect(view.original).toMatchObject({ intent: "product_question", model: "gpt-4o", rung: "full" });
    expect(view.original.messages).toHaveLength(1);
    // The customer's phone never reaches the page.
    expect(JSON.stringify(view)).not.toContain(customer.phone);

    const asked = await ask(agent, { model: "gpt-6-luna", version: "live", of: "turn", turnId });
    expect(asked.data("answer")[0]?.model).toBe("gpt-6-luna");
    const said = JSON.stringify(world.model.requests.at(-1)?.messages);
    expect(said).toContain("ponchos");
    expect(said).not.toContain("gorros");
  });

  test("leaves a line in the audit log of its conversation", async () => {
    const { turns } = await answered("¿tienen ponchos?");
    const [turn] = turns;
    await agent.get(`/playground/turns/${turn?.id}`);
    await ask(agent, { model: null, version: "live", of: "turn", turnId: turn?.id });
    const acts = await world.sql<{ act: string }>`
      select act from audit_log where conversation_id = ${turn?.conversationId ?? ""}::uuid order by id`;
    expect(acts.map(({ act }) => act)).toEqual(["playground.replay", "playground.ask"]);
  });

  test("is nobody's but this company's", async () => {
    const { turns } = await answered("¿tienen ponchos?");
    const [turn] = turns;
    const viewer = await signedInAs(world, "viewer");
    expect((await viewer.get(`/playground/turns/${turn?.id}`)).status).toBe(403);
    expect((await ask(viewer, pretend("hola"))).status).toBe(403);
    for (const id of ["x", crypto.randomUUID()]) {
      expect((await agent.get(`/playground/turns/${id}`)).status).toBe(404);
    }
    const [other] = await world.sql<{ id: string }>`
      insert into tenants (phone_number_id, profile) select '999000111', profile from tenants where phone_number_id = ${WORLD.phoneNumberId} returning id`;
    await world.sql`update turns set tenant_id = ${other?.id ?? ""}::uuid where id = ${turn?.id ?? ""}::uuid`;
    await world.sql`update messages set tenant_id = ${other?.id ?? ""}::uuid where turn_id = ${turn?.id ?? ""}::uuid`;
    expect((await agent.get(`/playground/turns/${turn?.id}`)).status).toBe(404);
    expect(await ask(agent, { model: null, version: "live", of: "turn", turnId: turn?.id })).toMatchObject({
      status: 404,
      code: "no_turn",
    });
  });
});

test("an open page says which models there are and what is left of the budget", async () => {
  const view = (await (await agent.get("/playground")).json()) as Record<string, unknown>;
  expect(view).toMatchObject({
    configured: { intent: "gpt-4o-mini", reply: "gpt-4o", fallback: "gpt-4o-mini" },
    ordersConnected: true,
    budget: { limitUsd: 5 },
  });
  expect(JSON.stringify(view.models)).not.toContain("transcribe");
});
