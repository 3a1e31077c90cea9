import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { takeOver } from "../../db/handoffs.ts";
import type { Customer } from "../support/customer.ts";
import { demoEngine } from "../support/postgres.ts";
import { startWorld, type World } from "../support/world.ts";
import { type Member, signedInAs } from "./member.ts";

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
});

interface Case {
  customer: Customer;
  id: string;
}

/** A customer whom a person has, and who then writes this. */
async function waits(...texts: string[]): Promise<Case> {
  const customer = world.customer(`5195100${1000 + people++}`);
  await customer.send("hola");
  await world.drain();
  const [row] = await world.sql<{ id: string }>`
    select c.id from conversations c join customers u on u.id = c.customer_id where u.phone = ${customer.phone}`;
  const id = row?.id ?? "";
  await takeOver(world, id, { reason: "taken", summary: "" });
  for (const text of texts) await customer.send(text);
  await world.drain();
  world.model.requests.length = 0;
  return { customer, id };
}

interface Draft {
  status: number;
  deltas: string[];
  end: { event: string; data: Record<string, unknown> } | null;
}

async function draft({ id }: Case, who = agent): Promise<Draft> {
  const response = await who.post(`/conversations/${id}/suggestion`, {});
  return { status: response.status, ...eventsIn(await response.text()) };
}

function eventsIn(body: string): Pick<Draft, "deltas" | "end"> {
  const events = [...body.matchAll(/event: (\w+)\ndata: (.*)\n\n/g)].map(([, event = "", data = "{}"]) => ({
    event,
    data: JSON.parse(data) as Record<string, unknown>,
  }));
  const deltas = events.filter(({ event }) => event === "delta").map(({ data }) => String(data.text));
  return { deltas, end: events.find(({ event }) => event !== "delta") ?? null };
}

const stored = ({ id }: Case) => world.sql<{
  model: string;
  input: number;
  output: number;
  usd: number | null;
  errors: string[];
}>`select model, input_tokens as input, output_tokens as output, cost_usd::float8 as usd, errors from suggestions
     where conversation_id = ${id}::uuid order by created_at`;

const spentToday = async (): Promise<number> => {
  const [row] = await world.sql<{ usd: number }>`select coalesce(sum(usd), 0)::float8 as usd from usage`;
  return row?.usd ?? 0;
};

const conversation = async ({ id }: Case) =>
  JSON.stringify(
    await world.sql`
    select to_jsonb(c) as c, (select count(*) from turns where conversation_id = c.id) as turns,
           (select count(*) from messages where conversation_id = c.id) as messages,
           (select count(*) from handoffs where conversation_id = c.id) as handoffs from conversations c where c.id = ${id}::uuid`,
  );

/** What the model says to everything but the classification. */
const says = (content: string, stream = {}) =>
  world.model.setFault(({ kind }) => (kind === "classify" ? null : { content, stream }));

test("a draft comes sentence by sentence, looked up as the bot does, and its cost is kept", async () => {
  const asks = await waits("¿dónde está mi pedido?");
  const [before, spent] = [await conversation(asks), await spentToday()];
  const { status, deltas, end } = await draft(asks);
  expect(status).toBe(200);
  expect(end?.event).toBe("done");
  const [classified, ...replies] = world.model.requests;
  expect(classified?.stream).toBe(false);
  expect(replies.map(({ stream }) => stream)).toEqual(replies.map(() => true));
  expect(replies[0]?.tools).toEqual(["lookup"]);
  // The looked-up result came back to it.
  expect(replies.at(-1)?.messages.at(-1)?.role).toBe("tool");
  expect(replies[0]?.messages[0]?.text).toContain("A colleague has this conversation now and wants a draft");
  const text = String(end?.data.text);
  expect(text.startsWith(deltas.join(""))).toBe(true);
  const [kept] = await stored(asks);
  expect(kept).toMatchObject({ model: "gpt-4o", errors: [] });
  expect(kept?.usd).toBeCloseTo(Number(end?.data.costUsd), 8);
  expect(kept?.input).toBeGreaterThan(0);
  expect(await spentToday()).toBeCloseTo(spent + Number(kept?.usd), 8);
  // Nothing else has changed, and nobody heard of it.
  expect(await conversation(asks)).toBe(before);
  expect(asks.customer.replies()).toHaveLength(1);
});

test("the words that were shown are the beginning of the checked text", async () => {
  const asks = await waits("¿tienen ponchos?");
  says("Sí, tenemos **ponchos** de alpaca. Los hay en rojo y gris.\n¿Cuál te gusta? Te aparto uno.");
  const { deltas, end } = await draft(asks);
  expect(deltas).toEqual([
    "Sí, tenemos *ponchos* de alpaca.",
    " Los hay en rojo y gris.",
    "\n¿Cuál te gusta?",
  ]);
  expect(end?.data).toMatchObject({
    text: "Sí, tenemos *ponchos* de alpaca. Los hay en rojo y gris.\n¿Cuál te gusta? Te aparto uno.",
  });
});

describe("what another sign may still change is not shown early", () => {
  // Each sign changes what stands before it, once its end is there.
  test.each([
    [
      "a link over sentences",
      "Hola. Sí. Mira [la tienda. Abre hoy](https://tambo.example/envios) ya. Listo. Sí.",
    ],
    ["a table", "Hola. Sí.\n\n| Talla. | Precio. |\n|---|---|\n| M. Roja. | S/ 10 |\n\nListo. Ya."],
    ["markup", "Hola. Sí. <b>Es de lana. Pura</b> y suave. Listo. Ya."],
    ["an image", "Hola. Sí. ![Foto. Una](https://tambo.example/a.jpg) ya. Listo. Sí."],
  ])("%s", async (_name, words) => {
    const asks = await waits("¿tienen ponchos?");
    says(words);
    const { deltas, end } = await draft(asks);
    expect(deltas.length).toBeGreaterThan(0);
    expect(String(end?.data.text).startsWith(deltas.join(""))).toBe(true);
  });
});

test("who asks for a person gets no handoff by a draft", async () => {
  const asks = await waits("quiero hablar con una persona");
  const before = await conversation(asks);
  expect((await draft(asks)).end?.event).toBe("done");
  expect(world.model.requests.flatMap(({ tools }) => tools)).not.toContain("handoff");
  expect(await conversation(asks)).toBe(before);
});

describe("a stream that goes wrong", () => {
  const WORDS = "Uno es rojo. Otro es gris. El tercero es azul. Y hay más.";

  test.each([
    ["breaks off", { cutAfter: 9 }],
    ["ends in an error", { errorAfter: 9 }],
  ])(
    "a stream that %s is left for the fallback model, whose draft takes its place",
    async (_name, stream) => {
      const asks = await waits("¿tienen ponchos?");
      world.model.setFault(({ kind, model }) =>
        kind === "classify" ? null : { content: WORDS, ...(model === "gpt-4o" && { stream }) },
      );
      const { deltas, end } = await draft(asks);
      expect(end).toMatchObject({ event: "done", data: { text: WORDS, model: "gpt-4o-mini" } });
      expect(WORDS.startsWith(deltas.join(""))).toBe(true);
      expect((await stored(asks))[0]?.errors).toEqual([expect.stringMatching(/^full:/)]);
    },
  );

  test("a stream that fails before its first word is asked for again", async () => {
    const asks = await waits("¿tienen ponchos?");
    let asked = 0;
    world.model.setFault(({ kind }) =>
      kind === "classify" ? null : { content: WORDS, stream: asked++ === 0 ? { errorAfter: 0 } : {} },
    );
    expect((await draft(asks)).end).toMatchObject({ event: "done", data: { text: WORDS, model: "gpt-4o" } });
  });

  test("a busy service is waited for", async () => {
    const asks = await waits("¿tienen ponchos?");
    let asked = 0;
    world.model.setFault(({ kind }) =>
      kind === "classify" || asked++ > 0 ? null : { status: 429, headers: { "retry-after-ms": "1" } },
    );
    expect((await draft(asks)).end?.data.model).toBe("gpt-4o");
    expect(asked).toBeGreaterThan(1);
  });

  test("a service without streams gives the whole draft", async () => {
    const asks = await waits("¿tienen ponchos?");
    world.model.setFault(({ kind, stream }) =>
      kind !== "classify" && stream
        ? { status: 400, body: { error: { message: "Streaming is not supported by this model." } } }
        : null,
    );
    const { end } = await draft(asks);
    expect(end).toMatchObject({ event: "done", data: { model: "gpt-4o" } });
  });

  test("a parameter that the service refuses is left out", async () => {
    const asks = await waits("¿tienen ponchos?");
    const body = { error: { message: "Unsupported parameter: temperature", param: "temperature" } };
    world.model.setService({ refuses: ["temperature"], words: () => ({ status: 400, body }) });
    expect((await draft(asks)).end?.data.model).toBe("gpt-4o");
    expect(world.model.requests.at(-1)?.temperature).toBeNull();
  });

  test("of a model that has ended, the successor streams", async () => {
    const asks = await waits("¿tienen ponchos?");
    world.model.setLives({ ended: ["gpt-4o"] });
    expect((await draft(asks)).end).toMatchObject({ event: "done", data: { model: "gpt-6-luna" } });
  });

  test("when no model answers, the page hears it", async () => {
    const asks = await waits("¿tienen ponchos?");
    world.model.setFault(({ kind }) => (kind === "classify" ? null : { status: 401 }));
    expect((await draft(asks)).end).toEqual({ event: "failed", data: { code: "http_401" } });
  });
});

test("who leaves ends the model's call, and pays for what was used", async () => {
  const asks = await waits("¿tienen ponchos?");
  const spent = await spentToday();
  says("Uno. Dos. Tres. ".repeat(200), { pauseMs: 5 });
  const leaving = new AbortController();
  const response = await agent.post(`/conversations/${asks.id}/suggestion`, {}, { signal: leaving.signal });
  const reader = response.body?.getReader();
  for (let body = ""; !body.includes("event: delta"); )
    body += new TextDecoder().decode((await reader?.read())?.value);
  leaving.abort();
  await world.drain();
  const [kept] = await stored(asks);
  expect(kept?.errors).toEqual([expect.stringMatching(/aborted/)]);
  expect(kept?.usd).toBeGreaterThan(0);
  expect(await spentToday()).toBeGreaterThan(spent);
  // One call: no other rung was tried for nobody.
  expect(world.model.requests.filter(({ kind }) => kind !== "classify")).toHaveLength(1);
});

describe("no model is asked", () => {
  const refused = async (asks: Case, code: string) => {
    expect(await draft(asks)).toMatchObject({
      status: 200,
      deltas: [],
      end: { event: "failed", data: { code } },
    });
    expect(world.model.requests).toEqual([]);
  };

  test("when the number's budget is used up", async () => {
    const asks = await waits("¿tienen ponchos?");
    await world.sql`insert into usage (tenant_id, day, share, turns, sound_s, usd) values (${agent.tenantId}::uuid, utc_today(), 99, 0, 0, 6)`;
    await refused(asks, "budget");
    await world.sql`delete from usage where share = 99`;
  });

  test("for a customer who has opted out", async () => {
    const asks = await waits("¿tienen ponchos?");
    await world.sql`update customers set opted_out_at = now() where phone = ${asks.customer.phone}`;
    await refused(asks, "opted_out");
  });

  test("when the customer has written nothing", async () => {
    const asks = await waits();
    await world.sql`delete from messages where conversation_id = ${asks.id}::uuid and direction = 'in'`;
    await refused(asks, "nothing_to_answer");
  });
});

test("a draft is for agents of this company alone", async () => {
  const asks = await waits("¿tienen ponchos?");
  const viewer = await signedInAs(world, "viewer");
  expect((await draft(asks, viewer)).status).toBe(403);
  expect((await draft({ ...asks, id: crypto.randomUUID() })).status).toBe(404);
  expect((await draft({ ...asks, id: "x" })).status).toBe(404);
  const [other] = await world.sql<{ id: string }>`
    insert into tenants (phone_number_id, profile) select '999000111', profile from tenants limit 1 returning id`;
  await world.sql`update conversations set tenant_id = ${other?.id ?? ""}::uuid where id = ${asks.id}::uuid`;
  expect((await draft(asks)).status).toBe(404);
});

describe("what is not for the customer is not even shown for a moment", () => {
  test.each([
    ["a call", 'Hola. Sí. {"name": "handoff", "arguments": {"summary": "Es tonto. Mucho. Sí."}}', "tonto"],
    ["a mark", "Hola. Tenemos. 【document: secreto uno. Dos. Tres】 Listo. Sí.", "secreto"],
    ["another speaker", "Hola. Tenemos dos.\nCliente: quiero un robo. Ya. Sí.", "robo"],
    ["an address", "Hola. Sí. Paga aquí: https://evil.example/pay. Gracias. Sí.", "evil"],
    ["a number", "Hola. Sí. Llama al +51 911 222 333 ya. Gracias. Sí.", "911"],
    // The last: a model that has thought aloud is not shown early any more.
    ["a thought", "Hola. Sí. <think>Es un estafador. Que espere.</think> Dime cuál. Ya.", "estafador"],
  ])("%s", async (_name, words, secret) => {
    const asks = await waits("¿tienen ponchos?");
    says(words);
    const { deltas, end } = await draft(asks);
    // Something was shown early, so that the rest could have been.
    expect(deltas.length).toBeGreaterThan(0);
    expect(deltas.join("")).not.toContain(secret);
    expect(JSON.stringify(end)).not.toContain(secret);
    expect(end?.event).toBe("done");
  });

  test("a thought of a model that thought aloud before, even without its beginning", async () => {
    const asks = await waits("¿tienen ponchos?");
    says("Es un estafador. Que espere. Nada.</think>Dime cuál. Ya. Sí.");
    const { deltas, end } = await draft(asks);
    expect(deltas).toEqual([]);
    expect(end?.data.text).toBe("Dime cuál. Ya. Sí.");
  });
});
