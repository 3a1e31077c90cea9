import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createAnalytics } from "../../lib/adapters/analytics.ts";
import { startWorld } from "../support/world.ts";

const ANA = "51987650001";

interface Event {
  headers: IncomingHttpHeaders;
  body: { o: string; en: string; ed: Record<string, unknown> } & Record<string, unknown>;
  raw: string;
}

let received: Event[] = [];
let status = 200;
const server = createServer(async (request, response) => {
  let raw = "";
  for await (const chunk of request) raw += chunk;
  received.push({ headers: request.headers, body: JSON.parse(raw), raw });
  response.writeHead(status).end("OK");
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  // The library reads the environment of the process.
  process.env.VERCEL_WEB_ANALYTICS_ENDPOINT = `http://127.0.0.1:${port}/_vercel/insights/event`;
});
afterAll(async () => {
  delete process.env.VERCEL_WEB_ANALYTICS_ENDPOINT;
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

async function talk(analytics?: string) {
  received = [];
  const world = await startWorld({ env: { VERCEL_ANALYTICS: analytics } });
  const ana = world.customer(ANA, "Ana Quispe");
  await ana.send("¿dónde está mi pedido 1001?");
  await world.drain();
  await ana.send("quiero hablar con una persona");
  await world.drain();
  const [row] = await world.sql<{ id: string }>`
    insert into csat (id, tenant_id, conversation_id, customer_id, served_by, cause, notices)
      select gen_random_uuid(), tenant_id, id, customer_id, 'bot', 'closed', '{}' from conversations returning id`;
  const list_reply = { id: `rating:${row?.id}:4`, title: "4" };
  await ana.send("", {
    type: "interactive",
    text: undefined,
    interactive: { type: "list_reply", list_reply },
  });
  await world.drain();
  expect(world.errors).toEqual([]);
  const [stored] = await world.sql<{ ids: string[]; replies: number }>`
    select array_agg(t.id::text) || array_agg(t.conversation_id::text) || array_agg(t.tenant_id::text) as ids, count(*)::int as replies from turns t`;
  await world.close();
  return stored;
}

test("off, nothing is sent", async () => {
  await talk();
  expect(received).toEqual([]);
});

test("on, three kinds of events leave, with flat words of ours and headers that are nobody's", async () => {
  const stored = await talk("on");
  const kinds = received.map(({ body }) => body.en);
  expect(kinds).toEqual(expect.arrayContaining(["turn", "turn", "handoff", "rating"]));
  for (const { body, headers, raw } of received) {
    const values =
      body.en === "turn"
        ? ["intent", "result", "rung", "seconds"]
        : body.en === "handoff"
          ? ["reason"]
          : ["score"];
    expect(Object.keys(body.ed).sort()).toEqual(values);
    for (const value of Object.values(body.ed)) expect(String(value)).toMatch(/^[a-z_0-9 -]{1,40}$/);
    expect(Object.keys(body).sort()).toEqual(["ed", "en", "o", "r", "sdkn", "sdkv", "ts"]);
    // Not the request that the turn ran in.
    expect(body.o).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/bot$/);
    expect(headers).toMatchObject({ "user-agent": "Chasqui/1.0", "x-vercel-ip": "192.0.2.1", cookie: "" });
    for (const secret of [ANA, "Ana", "Quispe", "pedido", 'persona"', "webhook", ...(stored?.ids ?? [])])
      expect(`${raw}${JSON.stringify(headers)}`).not.toContain(secret);
  }
  const turns = received.filter(({ body }) => body.en === "turn").map(({ body }) => body.ed);
  expect(turns[0]).toMatchObject({ intent: "order_status", rung: "full", result: "answered" });
  expect(turns[0]?.seconds).toMatch(/^(\d-\d|5-10|over 10)$/);
  expect(received.find(({ body }) => body.en === "rating")?.body.ed).toEqual({ score: 4 });
});

test("a refusal changes nothing for customers, and a rush is cut short", async () => {
  status = 500;
  await talk("on");
  status = 200;
  received = [];
  const sending: Promise<unknown>[] = [];
  let nowMs = 0;
  const track = createAnalytics({
    ...{ origin: "https://bot.example", clock: { now: () => nowMs, sleep: async () => {} } },
    waitUntil: (promise) => sending.push(promise),
  });
  // A turn can run in an operator's request, whose address names a conversation.
  const key = Symbol.for("@vercel/request-context");
  const provider: unknown = Reflect.get(globalThis, key);
  const request = { url: "https://bot.example/api/console/conversations/1", headers: { cookie: "session" } };
  Reflect.set(globalThis, key, { get: () => request });
  for (let at = 0; at < 300; at += 1) track("turn", { result: "answered" });
  nowMs = 60_000;
  track("turn", { result: "answered" });
  Reflect.set(globalThis, key, provider);
  await Promise.all(sending);
  expect(received).toHaveLength(121);
  expect(new Set(received.map(({ body, headers }) => `${body.o} ${headers.cookie}`))).toEqual(
    new Set(["https://bot.example/bot "]),
  );
});
