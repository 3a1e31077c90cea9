import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { GraphEvent } from "../../fakes/graph/outbox.ts";
import { type Graph, startGraph } from "../../fakes/graph/server.ts";
import { signatureOf } from "../../host/meta-webhook.ts";

const TOKEN = "token-of-a-test";
const NUMBER = "106540352242922";
const SECRET = "secret-of-a-test";
const valid = { messaging_product: "whatsapp", to: "+51987654321", type: "text", text: { body: "hola" } };

interface Report {
  id: string;
  status: string;
  recipient_id?: string;
  biz_opaque_callback_data?: string;
}

let graph: Graph;
let webhook: Server;
const reports: Report[] = [];
const answers: number[] = [];
const unsigned: string[] = [];

beforeEach(async () => {
  reports.length = answers.length = unsigned.length = 0;
  webhook = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const raw = Buffer.concat(chunks);
    if (request.headers["x-hub-signature-256"] !== signatureOf(raw, SECRET)) unsigned.push(raw.toString());
    const status = answers.shift() ?? 200;
    if (status === 200) reports.push(JSON.parse(raw.toString()).entry[0].changes[0].value.statuses[0]);
    response.writeHead(status).end();
  });
  await new Promise<void>((resolve) => webhook.listen(0, "127.0.0.1", resolve));
  const { port } = webhook.address() as AddressInfo;
  graph = await startGraph({
    accessToken: TOKEN,
    phoneNumberIds: [NUMBER],
    appSecret: SECRET,
    webhookUrl: () => `http://127.0.0.1:${port}/`,
    statusDelaysMs: { sent: 0, delivered: 0, read: 0 },
  });
});

afterEach(async () => {
  await graph.close();
  webhook.closeAllConnections();
  await new Promise((resolve) => webhook.close(resolve));
});

function post(body: unknown, { token = TOKEN, number = NUMBER } = {}): Promise<Response> {
  return fetch(`${graph.url}/v26.0/${number}/messages`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}

test("accepts a text in Meta's answer shape and records it", async () => {
  const response = await post({
    ...valid,
    context: { message_id: "wamid.q" },
    biz_opaque_callback_data: "ours",
  });
  const body = await response.json();
  expect(response.status).toBe(200);
  expect(body).toEqual({
    messaging_product: "whatsapp",
    contacts: [{ input: "+51987654321", wa_id: "51987654321" }],
    messages: [{ id: expect.stringMatching(/^wamid\./) }],
  });
  expect(graph.sent).toMatchObject([
    {
      waMessageId: body.messages[0].id,
      phone: "51987654321",
      text: "hola",
      quoteWaMessageId: "wamid.q",
      opaqueId: "ours",
    },
  ]);
  expect(graph.requests).toHaveLength(1);
});

test("addresses a person by user id when there is no phone", async () => {
  const { to: _to, ...rest } = valid;
  const response = await post({ ...rest, recipient: "PE.123" });
  expect((await response.json()).contacts).toEqual([{ input: "PE.123", user_id: "PE.123" }]);
  expect(graph.sent).toMatchObject([{ phone: null, waUserId: "PE.123" }]);
});

test("follows to when both to and recipient are there", async () => {
  await post({ ...valid, recipient: "PE.123" });
  expect(graph.sent).toMatchObject([{ phone: "51987654321", waUserId: null }]);
});

test.each([
  ["no messaging_product", { ...valid, messaging_product: undefined }],
  ["neither to nor recipient", { ...valid, to: undefined }],
  ["a recipient that is no user id", { ...valid, to: undefined, recipient: "ana" }],
  ["a number without plus", { ...valid, to: "51987654321" }],
  ["an empty text", { ...valid, text: { body: "" } }],
  ["a text of 4097 characters", { ...valid, text: { body: "x".repeat(4097) } }],
  ["a type without its object", { ...valid, text: undefined }],
  ["an unknown type", { ...valid, type: "smoke_signal" }],
  ["callback data of 513 characters", { ...valid, biz_opaque_callback_data: "x".repeat(513) }],
  ["a context without message id", { ...valid, context: {} }],
  ["a read mark without message id", { messaging_product: "whatsapp", status: "read" }],
  ["an unknown status", { messaging_product: "whatsapp", status: "seen", message_id: "wamid.a" }],
  ["no JSON object", "hola"],
])("refuses %s with code 100", async (_name, body) => {
  const response = await post(body);
  expect(response.status).toBe(400);
  expect((await response.json()).error).toMatchObject({ type: "OAuthException", code: 100 });
  expect(graph.sent).toEqual([]);
});

test("refuses a wrong token with code 190 and a foreign number with 100/33", async () => {
  const wrong = await post(valid, { token: "other" });
  expect([wrong.status, (await wrong.json()).error.code]).toEqual([401, 190]);
  const foreign = await post(valid, { number: "999" });
  expect([foreign.status, (await foreign.json()).error]).toMatchObject([
    400,
    { code: 100, error_subcode: 33 },
  ]);
});

test("tells who listens of read marks, typing and messages", async () => {
  const events: GraphEvent[] = [];
  const stop = graph.subscribe((event) => events.push(event));
  graph.setStatuses("none");
  const typing = {
    messaging_product: "whatsapp",
    status: "read",
    message_id: "wamid.a",
    typing_indicator: { type: "text" },
  };
  expect(await (await post(typing)).json()).toEqual({ success: true });
  await post(valid);
  stop();
  await post(valid);
  expect(events.map((event) => event.type)).toEqual(["read", "typing", "message"]);
});

test("reports sent, delivered and read in order, signed, with our callback data", async () => {
  await post({ ...valid, biz_opaque_callback_data: "ours" });
  await graph.statusesReported();
  expect(unsigned).toEqual([]);
  expect(reports.map((report) => report.status)).toEqual(["sent", "delivered", "read"]);
  expect(reports[0]).toMatchObject({ recipient_id: "51987654321", biz_opaque_callback_data: "ours" });
});

test("delivers a report again until the webhook answers 200", async () => {
  answers.push(503, 500);
  await post(valid);
  await graph.statusesReported();
  expect(reports.map((report) => report.status)).toEqual(["sent", "delivered", "read"]);
});

test("reports out of order, one of them twice, when shuffled, and by hand", async () => {
  graph.setStatuses("shuffled");
  await post(valid);
  await graph.statusesReported();
  expect(reports.map((report) => report.status)).toEqual(["read", "sent", "delivered", "sent"]);
  await graph.report(graph.sent[0]?.waMessageId ?? "", "failed", 131026);
  expect(reports.at(-1)).toMatchObject({ status: "failed", errors: [{ code: 131026 }] });
});

test("fails by rule: status, reset before or after accepting, hang", async () => {
  graph.setStatuses("none");
  graph.setFault((_request, n) =>
    n === 1 ? { status: 429, body: { error: { code: 130429 } }, headers: { "retry-after": "1" } } : null,
  );
  const limited = await post(valid);
  expect([limited.status, limited.headers.get("retry-after")]).toEqual([429, "1"]);
  expect((await post(valid)).status).toBe(200);
  expect(graph.sent).toHaveLength(1);

  graph.setFault(() => ({ reset: true }));
  await expect(post(valid)).rejects.toThrow();
  expect(graph.sent).toHaveLength(1);
  graph.setFault(() => ({ reset: true, afterAccepting: true }));
  await expect(post(valid)).rejects.toThrow();
  expect(graph.sent).toHaveLength(2);

  graph.setFault(() => ({ hang: true }));
  const hanging = post(valid).then(
    (response) => response.status,
    () => "cut",
  );
  await expect.poll(() => graph.requests.length).toBe(5);
  graph.setFault(() => ({ delayMs: 1 }));
  expect((await post(valid)).status).toBe(200);
  await graph.close();
  expect([500, "cut"]).toContain(await hanging);
});
