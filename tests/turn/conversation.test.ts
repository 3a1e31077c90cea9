import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startWorld, type World } from "../support/world.ts";

let world: World;

/** Notifications to operators: a Slack webhook on loopback. */
const told: string[] = [];
const slack = createServer(async (request, response) => {
  let body = "";
  for await (const chunk of request) body += chunk;
  told.push(body);
  response.end("ok");
});

beforeAll(async () => {
  await new Promise<void>((resolve) => slack.listen(0, "127.0.0.1", resolve));
  const { port } = slack.address() as AddressInfo;
  world = await startWorld({
    endpoints: true,
    graph: { statuses: "auto" },
    env: { SLACK_WEBHOOK_URL: `http://127.0.0.1:${port}/hook` },
  });
});
afterAll(async () => {
  await world.close();
  slack.closeAllConnections();
  slack.close();
});

const turns = () =>
  world.sql<{
    intent: string;
    language: string;
    rung: string;
    state: string;
    stagesMs: Record<string, number>;
  }>`
    select intent, language, rung, state, stages_ms as "stagesMs" from turns order by started_at desc`;

test.each([
  ["es", "51900000001", "hola, buenos días"],
  ["en", "15550000001", "hi there, good morning"],
  ["pt", "5511900000001", "oi, bom dia"],
])("a greeting is returned in %s", async (language, phone, text) => {
  const customer = world.customer(phone);
  await customer.send(text);
  const [reply] = await customer.waitForReply();
  expect(reply?.text).toContain("Tambo");
  await world.drain();
  expect((await turns())[0]).toMatchObject({ intent: "greeting", language, rung: "full", state: "answered" });
});

test("a question about shipping is answered from the company's knowledge base", async () => {
  const customer = world.customer("51900000002");
  await customer.send("¿Cuánto cuesta el envío?");
  expect((await customer.waitForReply())[0]?.text).toContain("S/ 10");
  await world.drain();
  expect(await world.sql`select name, failed from tool_calls`).toEqual([{ name: "lookup", failed: false }]);
});

test("a customer gets their own order, and nobody else's", async () => {
  const ana = world.customer("51987654321");
  await ana.send("¿Dónde está mi pedido 1042?");
  expect((await ana.waitForReply())[0]?.text).toMatch(/1042.*Olva/s);
  const kate = world.customer("15551234567", "Kate");
  await kate.send("where is my order 1042?");
  const [toKate] = await kate.waitForReply();
  await kate.send("where is my order 999999?");
  const [, toKateAboutNone] = await kate.waitForReply(2);
  expect(toKate?.text).not.toMatch(/Olva|Poncho|456/);
  expect(toKateAboutNone?.text).toBe(toKate?.text?.replace("1042", "999999"));
});

test("who asks for a person gets one, the bot is silent meanwhile and speaks again when handed back", async () => {
  const customer = world.customer("51900000003");
  await customer.send("quiero hablar con una persona");
  await customer.waitForReply();
  await world.drain();
  expect(await world.sql`select reason, notified_at is not null as told from handoffs`).toEqual([
    { reason: "customer_request", told: true },
  ]);
  expect(told).toHaveLength(1);
  expect(told[0]).toContain("Tambo");
  expect(told[0]).not.toMatch(/51900000003|quiero hablar/);
  await customer.send("¿siguen ahí?");
  await world.drain();
  expect(customer.replies()).toHaveLength(1);
  await world.sql`select hand_back(conversation_id) from handoffs`;
  await customer.send("hola");
  await customer.waitForReply(2);
});

test("the model must call the handoff when a person is asked for", async () => {
  world.model.requests.length = 0;
  const customer = world.customer("51900000004");
  await customer.send("quiero hablar con una persona");
  await customer.waitForReply();
  const reply = world.model.requests.find(({ kind }) => kind === "tools");
  expect(reply?.toolChoice).toEqual({ type: "function", function: { name: "handoff" } });
});

test("a message costs one round trip to each store before the answer, and two to the database after it", async () => {
  const customer = world.customer("51900000005");
  await world.drain();
  const before = { sql: world.neon.requests.http, cache: world.upstash.requests.http };
  await customer.send("hola");
  await customer.waitForReply();
  world.graph.setStatuses("none");
  await world.drain();
  const statuses = world.graph.requests.length;
  expect(statuses).toBeGreaterThan(0);
  const reportWebhooks = 3;
  expect(world.neon.requests.http - before.sql).toBe(1 + 2 + reportWebhooks);
  expect(world.upstash.requests.http - before.cache).toBe(1);
  world.graph.setStatuses("auto");
});

test("classification sees three messages, the reply five, whatever the burst", async () => {
  const customer = world.customer("51900000006");
  for (let turn = 1; turn <= 4; turn++) {
    await customer.send(turn % 2 ? "hola" : "¿Cuánto cuesta el envío?");
    await customer.waitForReply(turn);
    await world.drain();
  }
  world.model.requests.length = 0;
  await customer.send("gracias");
  await customer.waitForReply(5);
  const [classify, reply] = world.model.requests;
  const spoken = (request: typeof classify) =>
    request?.messages.filter(({ role }) => role !== "system").length;
  expect(spoken(classify)).toBe(3);
  // Before them stands the customer's name.
  expect(spoken(reply)).toBe(1 + 5);
  expect(classify).toMatchObject({ model: "gpt-4o-mini", temperature: 0.2, maxTokens: 100 });
  expect(reply).toMatchObject({ model: "gpt-4o", temperature: 0.7, maxTokens: 300 });
});

test("a turn keeps where its time went, what it cost and its trace", async () => {
  const customer = world.customer("51900000007");
  await customer.send("hola");
  await customer.waitForReply();
  await world.drain();
  const [turn] = await turns();
  for (const stage of [
    "verify",
    "parse",
    "admit",
    "receive",
    "ack",
    "classify",
    "respond",
    "draft",
    "send",
    "wait",
  ]) {
    expect(turn?.stagesMs, stage).toHaveProperty(stage);
  }
  const [row] = await world.sql<{ cost: string; tokens: number }>`
    select cost_usd as cost, input_tokens + output_tokens as tokens from turns
      order by started_at desc limit 1`;
  expect(Number(row?.cost)).toBeGreaterThan(0);
  expect(row?.tokens).toBeGreaterThan(0);
});

test("a person without a phone number is answered at their user id", async () => {
  await world.deliver({
    object: "whatsapp_business_account",
    entry: [
      {
        id: "1",
        changes: [
          {
            field: "messages",
            value: {
              messaging_product: "whatsapp",
              metadata: { display_phone_number: "1", phone_number_id: "106540352242922" },
              contacts: [{ profile: { name: "Ana" }, user_id: "PE.13491208655302741918" }],
              messages: [
                {
                  from_user_id: "PE.13491208655302741918",
                  id: "wamid.bsuid",
                  timestamp: String(Math.floor(Date.now() / 1000)),
                  type: "text",
                  text: { body: "hola" },
                },
              ],
            },
          },
        ],
      },
    ],
  });
  await world.drain();
  const bodies = world.graph.requests.map(({ body }) => body);
  expect(bodies).toContainEqual(
    expect.objectContaining({ type: "text", recipient: "PE.13491208655302741918" }),
  );
});
