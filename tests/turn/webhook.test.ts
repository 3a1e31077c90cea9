import { request } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { newWaMessageId, textWebhook, webhookBody } from "../../host/meta-webhook.ts";
import { startWorld, WORLD, type World } from "../support/world.ts";

let world: World;
/** Well formed, and of nobody. */
const FORGED = `sha256=${"0".repeat(64)}`;
const SECOND_SECRET = "the-next-app-secret-0123456789";

beforeAll(async () => {
  world = await startWorld({
    endpoints: true,
    env: { RATE_LIMIT: "5", WHATSAPP_APP_SECRET: `${WORLD.appSecret}, ${SECOND_SECRET}` },
  });
});
afterAll(() => world.close());

const count = async () => {
  const [row] = await world.sql<{
    n: number;
  }>`select count(*)::int as n from messages where direction = 'in'`;
  return row?.n ?? 0;
};
const post = (body: BodyInit, headers: Record<string, string> = {}) =>
  fetch(world.webhookUrl, { method: "POST", body, headers });
const code = async (response: Response) => {
  const { error } = (await response.json()) as {
    error: { code: string; message: string; requestId: string };
  };
  expect(error.requestId).toBeTruthy();
  return error.code;
};

test("Meta's handshake gets its challenge back, a stranger's does not", async () => {
  const shake = (token: string, mode = "subscribe") =>
    fetch(`${world.webhookUrl}?hub.mode=${mode}&hub.challenge=1158201444&hub.verify_token=${token}`);
  const response = await shake(WORLD.verifyToken);
  expect([response.status, await response.text()]).toEqual([200, "1158201444"]);
  expect(response.headers.get("content-type")).toContain("text/plain");
  expect((await shake("wrong")).status).toBe(403);
  expect((await shake("")).status).toBe(403);
  expect((await shake(WORLD.verifyToken, "other")).status).toBe(403);
});

test("what is not signed by Meta is refused before it is read", async () => {
  const body = JSON.stringify(
    textWebhook({
      phoneNumberId: WORLD.phoneNumberId,
      from: "51911111111",
      name: "x",
      text: "x",
      waMessageId: newWaMessageId(),
      timestampMs: Date.now(),
    }),
  );
  expect(await code(await post(body))).toBe("bad_signature");
  expect((await post(body, { "x-hub-signature-256": FORGED })).status).toBe(401);
  expect((await post("{", { "x-hub-signature-256": "nonsense" })).status).toBe(401);
  expect(await count()).toBe(0);
});

test("any of several secrets signs, while they are rotated", async () => {
  expect(
    (await world.deliver({ object: "whatsapp_business_account" }, { secret: SECOND_SECRET })).status,
  ).toBe(200);
});

test("a signed body that is not JSON is 400, a signed body of any other shape is 200", async () => {
  expect(await code(await world.deliver("{not json"))).toBe("not_json");
  for (const body of ["{}", "[]", "null", "42", '"text"', '{"entry":[{"changes":[null]}]}']) {
    expect((await world.deliver(body)).status, body).toBe(200);
  }
});

test("over 3 MB is 413, also when the length is not said beforehand", async () => {
  const big = "x".repeat(3 * 1024 * 1024 + 1);
  expect((await post(big)).status).toBe(413);
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      for (let sent = 0; sent < 4; sent++) controller.enqueue(new Uint8Array(1024 * 1024));
      controller.close();
    },
  });
  const headers = { "x-hub-signature-256": FORGED };
  const init: RequestInit & { duplex: "half" } = { method: "POST", body: stream, headers, duplex: "half" };
  expect((await fetch(world.webhookUrl, init)).status).toBe(413);
});

/** Begins a POST whose body never ends; its status, should it ever get one. */
function stall(headers: Record<string, string>, sent: Uint8Array) {
  const sending = request(world.webhookUrl, { method: "POST", headers });
  const status = new Promise<number>((resolve) => {
    sending.on("response", (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sending.on("error", () => resolve(0));
  });
  sending.write(sent);
  return { status, close: () => sending.destroy() };
}

test.each([
  ["no signature", {}],
  ["a malformed signature", { "x-hub-signature-256": "sha256=short" }],
])("with %s a body is refused before it has come", async (_, headers) => {
  const stalled = stall({ ...headers, "content-length": "1000" }, new Uint8Array(1));
  expect(await stalled.status).toBe(401);
  stalled.close();
});

test("large bodies that never end are given up for room, and a customer beside them is answered", async () => {
  const headers = { "x-hub-signature-256": FORGED, "content-length": String(3 * 1024 * 1024) };
  const stalled = Array.from({ length: 16 }, () => stall(headers, new Uint8Array(2_900_000)));
  expect([0, 503]).toContain(await Promise.race(stalled.map(({ status }) => status)));
  const ana = world.customer("51922222230");
  expect((await ana.send("hola")).response.status).toBe(200);
  await ana.waitForReply();
  for (const { close } of stalled) close();
});

test("a body of thousands of messages is stored whole, in statements of a thousand, and once", async () => {
  const [phone, before, sent] = ["51922222231", await count(), world.graph.sent.length];
  const messages = Array.from({ length: 2_345 }, (_, index) => ({
    id: `wamid.many-${index}`,
    from: phone,
    type: "text",
    text: { body: String(index) },
  }));
  const requests = world.neon.requests.http;
  for (let delivery = 1; delivery <= 2; delivery++) {
    const body = webhookBody(WORLD.phoneNumberId, { messages });
    expect((await world.deliver(body)).status).toBe(200);
    if (delivery === 1) expect(world.neon.requests.http - requests).toBeGreaterThanOrEqual(3);
    await world.drain();
    expect(await count()).toBe(before + messages.length);
  }
  // One answer, and one notice of the limit.
  expect(world.graph.sent.length).toBeLessThanOrEqual(sent + 2);
});

test("other methods are 405 and name those that are allowed", async () => {
  const response = await fetch(world.webhookUrl, { method: "DELETE" });
  expect([response.status, response.headers.get("allow")]).toEqual([405, "GET, POST"]);
});

test("a message delivered three times, once at once, is answered once", async () => {
  const ana = world.customer("51922222221");
  const id = newWaMessageId();
  await Promise.all([ana.send("hola", { id }), ana.send("hola", { id })]);
  await ana.waitForReply();
  await world.drain();
  await ana.send("hola", { id });
  await world.drain();
  expect(ana.replies()).toHaveLength(1);
});

test("a message costs one round trip to the cache, and its second redelivery none to the database", async () => {
  const ana = world.customer("51922222222");
  const counted = () => ({ database: world.neon.requests.http, cache: world.upstash.requests.http });
  const trips = async (deliver: () => Promise<unknown>) => {
    const before = counted();
    await deliver();
    await world.drain();
    const after = counted();
    return { database: after.database - before.database, cache: after.cache - before.cache };
  };
  let id = "";
  const first = await trips(async () => {
    ({ waMessageId: id } = await ana.send("hola"));
    await ana.waitForReply();
  });
  // Jobs that are due may ask the database too.
  expect(first.cache).toBe(1);
  // The database says that it knows the message, and the cache is told.
  const second = await trips(() => ana.send("hola", { id }));
  expect(second.cache).toBe(2);
  expect(second.database).toBeGreaterThan(0);
  expect(await trips(() => ana.send("hola", { id }))).toMatchObject({ database: 0 });
});

test("a message to a number that is not ours is acknowledged and not answered", async () => {
  const before = [await count(), world.graph.sent.length];
  const body = textWebhook({
    phoneNumberId: "999999999999",
    from: "51922222223",
    name: "x",
    text: "hola",
    waMessageId: newWaMessageId(),
    timestampMs: Date.now(),
  });
  expect((await world.deliver(body)).status).toBe(200);
  await world.drain();
  expect([await count(), world.graph.sent.length]).toEqual(before);
});

test("over the limit: stored, answered 200, told once in the customer's language, never redelivered into it", async () => {
  const joao = world.customer("5511922222224", "João");
  const ids = Array.from({ length: 8 }, () => newWaMessageId());
  for (const id of ids)
    expect((await joao.send("oi, quanto custa o frete?", { id })).response.status).toBe(200);
  await world.drain();
  for (const id of ids) await joao.send("oi, quanto custa o frete?", { id });
  await world.drain();
  const states = await world.sql<{ state: string; n: number }>`
    select m.state, count(*)::int as n from messages m join conversations c on c.id = m.conversation_id
      join customers u on u.id = c.customer_id where u.phone = '5511922222224' and m.direction = 'in' group by 1 order by 1`;
  expect(states).toEqual([
    { state: "rate_limited", n: 3 },
    { state: "received", n: 5 },
  ]);
  const notices = joao.replies().filter(({ text }) => text?.includes("Recebi muitas mensagens"));
  expect(notices).toHaveLength(1);
  expect(notices[0]?.text).toMatch(/em \d+ (segundo|minuto)s?/);
});

test("with the database down nothing is acknowledged, and the redelivery is answered once", async () => {
  const ana = world.customer("51922222225");
  world.neon.setFault(() => ({ reset: true }));
  const { response, waMessageId } = await ana.send("hola");
  expect(response.status).toBe(503);
  expect(response.headers.get("retry-after")).toBe("5");
  expect(await code(response)).toBe("not_stored");
  world.neon.setFault(null);
  expect((await ana.send("hola", { id: waMessageId })).response.status).toBe(200);
  await ana.waitForReply();
  await world.drain();
  expect(ana.replies()).toHaveLength(1);
});

test("when the database answered and its answer was lost, the redelivery is answered once", async () => {
  const ana = world.customer("51922222226");
  world.neon.setFault(() => ({ reset: true, afterAccepting: true }));
  const { response, waMessageId } = await ana.send("hola");
  expect(response.status).toBe(503);
  world.neon.setFault(null);
  // Meta redelivers seconds later: by then the lost turn is released, which the 503 does not wait for.
  await world.drain();
  await ana.send("hola", { id: waMessageId });
  await ana.waitForReply();
  await world.drain();
  expect(ana.replies()).toHaveLength(1);
});

test.each([
  ["hangs", { hang: true }],
  ["is down", { reset: true }],
  ["answers 500", { status: 500 }],
] as const)("with a cache that %s, messages are answered and duplicates still found", async (name, fault) => {
  const ana = world.customer(`5192333${1000 + name.length}`);
  world.upstash.setFault(() => fault);
  const { waMessageId } = await ana.send("hola");
  await ana.waitForReply();
  await ana.send("hola", { id: waMessageId });
  await world.drain();
  expect(ana.replies()).toHaveLength(1);
  world.upstash.setFault(null);
});

test("health says what is down, and 503 only when nothing can be stored", async () => {
  const health = async () => {
    const response = await fetch(`${world.url}/api/health`);
    return [response.status, ((await response.json()) as { status: string }).status];
  };
  expect(await health()).toEqual([200, "ok"]);
  world.model.setFault(() => ({ status: 500 }));
  world.upstash.setFault(() => ({ status: 500 }));
  expect(await health()).toEqual([200, "degraded"]);
  world.neon.setFault(() => ({ reset: true }));
  expect(await health()).toEqual([503, "down"]);
  for (const store of [world.neon, world.upstash, world.model]) store.setFault(null);
});

test("a message that names nobody costs the others of its batch nothing", async () => {
  const ana = world.customer("51922222227");
  const timestamp = String(Math.floor(Date.now() / 1000));
  const body = webhookBody(WORLD.phoneNumberId, {
    contacts: [
      { wa_id: ana.phone, profile: { name: "Ana" } },
      { wa_id: "51922222228", profile: { name: "x" } },
    ],
    messages: [
      {
        id: newWaMessageId(),
        timestamp,
        type: "system",
        system: { type: "user_changed_user_id", body: "changed" },
      },
      { id: newWaMessageId(), timestamp, from: ana.phone, type: "text", text: { body: "hola" } },
    ],
  });
  expect((await world.deliver(body)).status).toBe(200);
  await ana.waitForReply();
});

test("what is said in a group stays out of the person's own conversation", async () => {
  const ana = world.customer("51922222229");
  await ana.send("zanahoria", { group_id: "HBgLMTY1MDM4Nzk0Mzk" });
  await ana.send("hola");
  await ana.waitForReply();
  await world.drain();
  expect(ana.replies()).toHaveLength(1);
  expect(JSON.stringify(world.model.requests.slice(-2))).not.toContain("zanahoria");
});
