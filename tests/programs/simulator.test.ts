import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import type { SimState } from "../../contracts/simulator.ts";
import { type Dev, startDev } from "../../fakes/dev-server.ts";
import { createTeardown } from "../../host/machine/lifecycle.ts";
import { createDatabaseFor, type TestDatabase } from "../support/postgres.ts";
import { runHere, runProgram } from "../support/program.ts";

// Programs of their own load for seconds when both cores are busy.
vi.setConfig({ testTimeout: 120_000 });

const ANA = "51987654321";
const teardown = createTeardown();
let dev: Dev;
let database: TestDatabase;

beforeAll(async () => {
  database = await createDatabaseFor("simulator");
  dev = await startDev({
    environment: { ...process.env, POSTGRES_URL: database.serverUrl ?? "", LOG_LEVEL: "error" },
    port: 0,
    host: "127.0.0.1",
    dataDirectory: null,
    pages: null,
    teardown,
    progress: () => undefined,
  });
});

afterAll(async () => {
  await teardown.run();
  await database.close();
});

beforeEach(async () => {
  expect(await post("reset", { phone: ANA })).toMatchObject({ status: 200 });
});

async function post(path: string, body: unknown): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(`${dev.url}/_local/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
}

async function stateOf(phone = ANA): Promise<SimState> {
  return (await fetch(`${dev.url}/_local/state?phone=${phone}`)).json();
}

const say = (text: string) => post("send", { phone: ANA, name: "Ana", text });

async function turnsOf(count: number): Promise<SimState> {
  await expect.poll(async () => (await stateOf()).turns.length, { timeout: 10_000 }).toBe(count);
  return stateOf();
}

test("knows the company, the models and the demo customers before anybody wrote", async () => {
  const state = await stateOf();
  expect(state).toMatchObject({
    company: { name: expect.stringMatching(/./), language: "es" },
    model: { offline: true, reply: "gpt-4o" },
    targets: { webhookMs: 100, waitMs: 3000 },
    conversation: { status: "bot", handoff: null },
    messages: [],
    turns: [],
  });
  expect(state.customers.map((customer) => customer.phone)).toContain(ANA);
});

test("sends a signed webhook and shows the turn with its stages, its tool and its messages", async () => {
  const sent = await say("¿Dónde está mi pedido 1042?");
  expect(sent).toMatchObject({ status: 202, body: { httpStatus: 200, ackMs: expect.any(Number) } });
  const { messages, turns } = await turnsOf(1);
  expect(messages).toMatchObject([
    { direction: "in", author: "customer", text: "¿Dónde está mi pedido 1042?", status: null },
    { direction: "out", author: "bot", text: expect.stringContaining("1042") },
  ]);
  expect(turns).toMatchObject([
    {
      intent: "order_status",
      rung: "full",
      ackMs: expect.any(Number),
      waitMs: expect.any(Number),
      toolCalls: [{ name: "lookup", failed: false }],
      inboundIds: [messages[0]?.id],
      outboundIds: [messages[1]?.id],
    },
  ]);
  for (const stage of ["verify", "receive", "classify", "respond", "draft", "send"])
    expect(turns[0]?.stagesMs[stage]).toEqual(expect.any(Number));
});

test("streams what happens: the message, typing, the reply, how far it got, the turn", async () => {
  const stopping = new AbortController();
  const stream = await fetch(`${dev.url}/_local/events?phone=${ANA}`, { signal: stopping.signal });
  expect(stream.headers.get("content-type")).toContain("text/event-stream");
  const names = new Set<string>();
  const reading = (async () => {
    let text = "";
    for await (const chunk of stream.body ?? []) {
      text += new TextDecoder().decode(chunk);
      for (const [, name = ""] of text.matchAll(/^event: (\w+)$/gm)) names.add(name);
    }
  })().catch(() => undefined);
  await say("hola");
  await expect
    .poll(() => [...names].sort(), { timeout: 10_000 })
    .toEqual(["message", "status", "turn", "typing"]);
  stopping.abort();
  await reading;
});

test("a person takes over, the bot is silent, the person writes, the bot comes back", async () => {
  expect((await post("operator", { phone: ANA, text: "hola" })).status).toBe(409);
  await say("quiero hablar con una persona");
  const { conversation } = await turnsOf(1);
  expect(conversation).toMatchObject({ status: "human", handoff: { since: expect.any(Number) } });

  const before = (await stateOf()).messages.length;
  expect((await post("operator", { phone: ANA, text: "Hola Ana, soy Rosa." })).status).toBe(202);
  await expect.poll(async () => (await stateOf()).messages.at(-1)?.status, { timeout: 10_000 }).toBe("read");
  await say("¿hola?");
  const { messages } = await stateOf();
  expect(messages.slice(before).map((message) => message.author)).toEqual(["operator", "customer"]);

  expect((await post("handback", { phone: ANA })).status).toBe(200);
  expect((await stateOf()).conversation).toEqual({ status: "bot", handoff: null });
  await say("gracias");
  expect((await turnsOf(2)).messages.at(-1)?.author).toBe("bot");
});

test.each([
  ["no phone", "send", { phone: "+51 987", name: "Ana", text: "hola" }],
  ["no name", "send", { phone: ANA, name: " ", text: "hola" }],
  ["an empty text", "send", { phone: ANA, name: "Ana", text: "  " }],
  ["a text over 4096 characters", "send", { phone: ANA, name: "Ana", text: "x".repeat(4097) }],
  ["a place off the earth", "send", { phone: ANA, name: "Ana", message: { type: "location", latitude: 91 } }],
  ["a kind that is none", "send", { phone: ANA, name: "Ana", message: { type: "hologram" } }],
  ["no customer to reset", "reset", {}],
  ["no object", "handback", "hola"],
])("says what is wrong with %s", async (_name, path, body) => {
  const answer = await post(path, body);
  expect(answer).toMatchObject({
    status: 400,
    body: { error: { code: "invalid", message: expect.stringMatching(/./) } },
  });
});

const PIXEL = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

async function upload(type: string, bytes: Buffer, mimeType: string, name = "file") {
  const response = await fetch(`${dev.url}/_local/media?type=${type}&filename=${name}`, {
    method: "PUT",
    headers: { "content-type": mimeType },
    body: new Uint8Array(bytes),
  });
  return { status: response.status, body: await response.json() };
}

const write = (message: object, replyTo = {}) =>
  post("send", { phone: ANA, name: "Ana", message, ...replyTo });

test.each([
  [
    { type: "location", latitude: -13.5, longitude: -71.9, name: "Plaza", address: "Cusco" },
    "location",
    null,
  ],
  [{ type: "contact", name: "Rosa Quispe", phone: "+1 555 010 0142" }, "contacts", null],
  [{ type: "reaction", waMessageId: "wamid.x", emoji: "👍" }, "reaction", null],
  [{ type: "button_reply", id: "track", title: "Ver envío" }, "interactive", "Ver envío"],
  [
    { type: "list_reply", id: "o-1", title: "Pedido 1042", description: "Poncho" },
    "interactive",
    "Pedido 1042",
  ],
  [{ type: "button", payload: "ok", text: "Gracias" }, "button", "Gracias"],
  [{ type: "flow_reply", response: '{"size":"M"}' }, "interactive", null],
  [{ type: "unsupported" }, "unsupported", null],
])("sends %j as Meta would, and shows it back", async (message, type, text) => {
  const replyTo = "wamid.of.the.bot";
  expect(await write(message, { replyTo })).toMatchObject({ status: 202, body: { httpStatus: 200 } });
  const [shown] = (await stateOf()).messages;
  expect(shown).toMatchObject({ type, direction: "in", quoteWaMessageId: replyTo });
  if (text !== null) expect(shown?.text).toBe(text);
  expect(shown?.content === null).toBe(type === "button" || type === "unsupported");
});

test("takes a file, sends its id, and serves it to the page whole and in part", async () => {
  const { status, body } = await upload("image", PIXEL, "image/png", "pixel.png");
  expect(status).toBe(201);
  await write({ type: "image", mediaId: body.mediaId, caption: "¿Qué es?" });
  const [shown] = (await stateOf()).messages;
  const file = { url: body.file.url, mimeType: "image/png" };
  expect(shown).toMatchObject({
    type: "image",
    content: { kind: "media", media: "image", file, caption: "¿Qué es?" },
  });
  const whole = await fetch(dev.url + body.file.url);
  expect([whole.status, whole.headers.get("content-type")]).toEqual([200, "image/png"]);
  expect(Buffer.from(await whole.arrayBuffer()).equals(PIXEL)).toBe(true);
  const part = await fetch(dev.url + body.file.url, { headers: { range: "bytes=1-3" } });
  expect([part.status, part.headers.get("content-range")]).toEqual([206, `bytes 1-3/${PIXEL.length}`]);
  expect(await part.text()).toBe("PNG");
});

test("never serves a file as a page of its own", async () => {
  const { body } = await upload("document", Buffer.from("<script>alert(1)</script>"), "text/html", "a.html");
  const served = await fetch(dev.url + body.file.url);
  expect(served.headers.get("content-type")).toBe("application/octet-stream");
  expect(served.headers.get("content-disposition")).toBe("attachment");
  expect(served.headers.get("x-content-type-options")).toBe("nosniff");
});

test.each([
  ["an empty file", { type: "image", size: 0, mimeType: "image/png" }, "empty_file"],
  [
    "an image over 5 MB",
    { type: "image", size: 5 * 1024 * 1024 + 1, mimeType: "image/png" },
    "file_too_large",
  ],
  ["a GIF as an image", { type: "image", size: 9, mimeType: "image/gif" }, "file_type"],
  ["a voice note that is no Ogg", { type: "voice", size: 9, mimeType: "audio/mpeg" }, "file_type"],
  ["a kind that is none", { type: "hologram", size: 9, mimeType: "image/png" }, "invalid"],
])("refuses %s", async (_name, { type, size, mimeType }, code) => {
  const answer = await upload(type, Buffer.alloc(size, 1), mimeType);
  expect(answer).toMatchObject({ status: 400, body: { error: { code } } });
});

test("says that a file is gone, and fetches no link that the bot did not send", async () => {
  expect(await write({ type: "image", mediaId: "0" })).toMatchObject({
    status: 404,
    body: { error: { code: "file_gone" } },
  });
  expect((await fetch(`${dev.url}/_local/media/0`)).status).toBe(404);
  expect((await fetch(`${dev.url}/_local/link/${"0".repeat(32)}`)).status).toBe(404);
});

test("refuses other sites and unknown addresses", async () => {
  const headers = { "content-type": "application/json", origin: "https://evil.example" };
  const forged = await fetch(`${dev.url}/_local/reset`, { method: "POST", headers, body: "{}" });
  expect(forged.status).toBe(403);
  expect((await fetch(`${dev.url}/_local/other`)).status).toBe(404);
  expect((await post("send", { text: "x".repeat(70_000) })).status).toBe(413);
});

test("npm run simulate uses the dev server and prints the reply with stage times against targets", async () => {
  const person = ["--url", dev.url, "--phone", ANA];
  const program = runProgram("scripts/simulate.ts", ["¿Dónde está mi pedido 1042?", ...person]);
  expect([await program.ended, program.stderr()]).toEqual([0, ""]);
  expect(program.stdout()).toContain("1042");
  expect(program.stdout()).toMatch(/intent +order_status/);
  expect(program.stdout()).toMatch(/whole wait +[\d.]+ ms +✓ target 3000 ms/);
  const json = await runHere("scripts/simulate.ts", ["hola", "--json", ...person]);
  expect(json.code).toBe(0);
  expect(JSON.parse(json.stdout)).toMatchObject({ turn: { intent: "greeting" }, modelIsOffline: true });
});

test("npm run simulate without a dev server starts a bot of its own, and stops it", async () => {
  const program = runProgram("scripts/simulate.ts", ["quanto custa o frete?", "--name", "João"], {
    PORT: "9",
  });
  expect(await program.ended).toBe(0);
  expect(program.stderr()).toContain("starting a temporary one");
  expect(program.stdout()).toMatch(/intent +product_question/);
});

test("npm run simulate says how to use it, and when nothing answers there", async () => {
  const bare = await runHere("scripts/simulate.ts");
  const lost = await runHere("scripts/simulate.ts", ["hola", "--url", "http://127.0.0.1:9"]);
  expect([bare.code, lost.code]).toEqual([2, 1]);
  expect(bare.stdout).toContain('npm run simulate -- "hola"');
  expect(lost.stderr).toContain("npm run dev");
});

test("npm run doctor says what is missing, and that npm run dev needs none of it", async () => {
  const { code, stdout } = await runHere("scripts/doctor.ts");
  expect(code).toBe(1);
  expect(stdout).toMatch(/✗ WHATSAPP_APP_SECRET +missing\n +→ set it to/);
  expect(stdout).toContain("npm run dev");
});
