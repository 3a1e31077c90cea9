import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import type { WireSpan } from "../support/otlp.ts";
import { startWorld, WORLD, type World } from "../support/world.ts";

let world: World;
let printed: string[] = [];
const PHONE = "51987654321";
const NAME = "Anastasia Quispe";
const WORDS = "zanahoria violeta";

beforeAll(async () => {
  world = await startWorld({ otlp: true, env: { LOG_LEVEL: "debug", STATUS_WAIT_MS: "200" } });
});
afterAll(() => world.close());
beforeEach(() => {
  printed = [];
  for (const method of ["log", "info", "warn", "error", "debug"] as const) {
    vi.spyOn(console, method).mockImplementation((...line: unknown[]) => {
      printed.push(line.map(String).join(" "));
    });
  }
});
afterEach(() => vi.restoreAllMocks());

const sink = () => {
  if (!world.otlp) throw new Error("no collector");
  return world.otlp;
};

async function turnOf(text: string): Promise<WireSpan[]> {
  sink().clear();
  const ana = world.customer(PHONE, NAME);
  const before = ana.replies().length;
  world.graph.setStatuses("none");
  await ana.send(text);
  await ana.waitForReply(before + 1);
  await world.drain();
  return sink().spans();
}

test("one trace from the webhook to the reply has a span for every stage, flushed when the work ends", async () => {
  const spans = await turnOf("¿Dónde está mi pedido 1042?");
  const names = spans.map(({ name }) => name);
  for (const stage of [
    "webhook",
    "verify",
    "parse",
    "admit",
    "receive",
    "turn",
    "classify",
    "respond",
    "tool:lookup",
    "draft",
    "send",
    "finish",
  ]) {
    expect(names, stage).toContain(stage);
  }
  expect(new Set(spans.map(({ traceId }) => traceId)).size).toBe(1);
  const ids = new Set(spans.map(({ spanId }) => spanId));
  expect(spans.filter(({ parentSpanId }) => !parentSpanId || !ids.has(parentSpanId))).toHaveLength(1);
  const [turn] = await world.sql<{
    trace: string;
  }>`select trace_id as trace from turns order by started_at desc limit 1`;
  expect(turn?.trace).toBe(spans[0]?.traceId);
});

test("model calls carry the GenAI attributes", async () => {
  const spans = await turnOf("¿Cuánto cuesta el envío?");
  const calls = spans.filter(({ attributes }) => attributes["gen_ai.request.model"]);
  expect(new Set(calls.map(({ attributes }) => attributes["gen_ai.request.model"]))).toEqual(
    new Set(["gpt-4o-mini", "gpt-4o"]),
  );
  for (const { attributes } of calls) expect(attributes["gen_ai.usage.input_tokens"]).toBeGreaterThan(0);
});

test("logs are JSON lines with the trace of what they speak of", async () => {
  const [span] = await turnOf("hola");
  const lines = printed.map((line) => JSON.parse(line) as Record<string, unknown>);
  const received = lines.find(({ event }) => event === "webhook.received");
  expect(received).toMatchObject({ level: "info", messages: 1, stored: 1, trace_id: span?.traceId });
});

test("nothing that the program emits holds a phone number, a customer's words or name, or a secret", async () => {
  const emitted: string[] = [];
  const go = async (text: string) => {
    await turnOf(text);
    emitted.push(...sink().bodies());
  };
  await go(`¿Dónde está mi pedido 1042? ${WORDS}`);
  await go(`necesito ayuda con ${WORDS}`);
  world.model.setFault(({ messages }) => ({
    status: 400,
    body: JSON.stringify({ error: { message: `bad: ${messages.at(-1)?.text}` } }),
  }));
  await go(`¿me ayudas? ${WORDS}`);
  world.model.setFault(() => ({ garbage: `garbage ${WORDS}` }));
  await go(`otra vez ${WORDS}`);
  world.model.setFault(null);
  await world.sql`select hand_back(conversation_id) from handoffs`;
  let failed = 0;
  world.graph.setFault((request) =>
    JSON.stringify(request.body).includes("biz_opaque") && failed++ < 1
      ? { status: 500, body: { error: { code: 131000, message: JSON.stringify(request.body) } } }
      : null,
  );
  await go(`hola ${WORDS}`);
  world.graph.setFault(null);
  world.neon.setFault((body, n) =>
    n === 1
      ? {
          status: 400,
          body: JSON.stringify({ message: `duplicate key ${body}`, code: "23505", detail: body }),
        }
      : null,
  );
  await go(`hola ${WORDS}`);
  world.neon.setFault(() => ({
    status: 400,
    body: JSON.stringify({ message: WORDS, code: "XX000", detail: PHONE }),
  }));
  expect((await world.customer(PHONE, NAME).send(WORDS)).response.status).toBe(503);
  world.neon.setFault(null);
  await world.deliver({ entry: [{ changes: [{ field: `field_${PHONE}`, value: { text: WORDS } }] }] });
  await world.deliver(`{"broken": "${WORDS} ${PHONE}`);
  await world.drain();
  emitted.push(...sink().bodies());

  const everything = [...emitted, ...printed].join("\n");
  expect(everything.length).toBeGreaterThan(10_000);
  const { accessToken, appSecret, verifyToken, cronSecret } = WORLD;
  for (const secret of [
    PHONE,
    PHONE.slice(-8),
    ...WORDS.split(" "),
    ...NAME.split(" "),
    accessToken,
    appSecret,
    verifyToken,
    cronSecret,
    "test-model-key",
    "Ausangate",
    "only for tests",
  ]) {
    const at = everything.indexOf(secret);
    expect(at, everything.slice(Math.max(0, at - 200), at + 100)).toBe(-1);
  }
});
