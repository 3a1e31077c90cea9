import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { GraphRequest } from "../../fakes/graph/faults.ts";
import type { SentMessage } from "../../fakes/graph/outbox.ts";
import { newWaMessageId, textWebhook } from "../../host/meta-webhook.ts";
import { startWorld, WORLD, type World } from "../support/world.ts";

/** Small, so that a few messages reach it; in and out together, as Meta counts. */
const THROUGHPUT = 10;

let world: World;
/** Time at which Graph's clock is stopped; null while it runs. */
let frozenMs: number | null = null;
beforeAll(async () => {
  const now = () => frozenMs ?? Date.now();
  world = await startWorld({ graph: { throughput: THROUGHPUT, pairRate: true, now } });
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.drain();
  world.graph.requests.length = 0;
  world.graph.setStatuses("auto");
  world.graph.setFault(null);
  world.model.setFault(null);
});

const isReply = ({ body }: GraphRequest): boolean =>
  typeof body === "object" && body !== null && "type" in body;
/** Replies that Graph refused: it got more of them than it sent. */
const refused = (sentBefore: number): number =>
  world.graph.requests.filter(isReply).length - (world.graph.sent.length - sentBefore);

test("a number that Meta finds too fast sends again, and is spaced from then on", async () => {
  const before = world.graph.sent.length;
  // So much came in this second that nothing may go out in it.
  frozenMs = Date.now() - 1_000;
  for (let count = 0; count < THROUGHPUT; count++) world.graph.noteInbound(WORLD.phoneNumberId);
  world.graph.setFault((request) => {
    if (isReply(request) && refused(before) > 1) frozenMs = null;
    return null;
  });
  const ana = world.customer("51991000001");
  await ana.send("hola");
  await ana.waitForReply();
  await world.drain();
  expect(refused(before)).toBeGreaterThan(0);
  expect(await world.sql`select throughput from tenants`).toEqual([{ throughput: 80 }]);
});

test("a number whose throughput is known is never refused, and everybody who writes at once is answered", async () => {
  // As an operator sets it.
  await world.sql`update tenants set throughput = ${THROUGHPUT}`;
  const before = world.graph.sent.length;
  // As many as may come in one second: in that second nothing may go out.
  const customers = Array.from({ length: THROUGHPUT }, (_, at) => world.customer(`51991${100_000 + at}`));
  const bodies = customers.map(({ phone: from }) => {
    world.graph.noteInbound(WORLD.phoneNumberId);
    const sender = { phoneNumberId: WORLD.phoneNumberId, from, name: "Ana", timestampMs: Date.now() };
    return textWebhook({ ...sender, text: "hola", waMessageId: newWaMessageId() });
  });
  await world.deliver({
    object: "whatsapp_business_account",
    entry: bodies.flatMap(({ entry }) => entry),
  });
  await Promise.all(customers.map((customer) => customer.waitForReply()));
  await world.drain();
  expect(refused(before)).toBe(0);
});

test("ten messages of one person at once get so few replies that Meta's pair rate refuses none", async () => {
  const before = world.graph.sent.length;
  const ana = world.customer("51991200001");
  // However long it takes here, for Graph it is one moment; not in the second of the test before, which is full.
  frozenMs = Date.now() + 1_000;
  await Promise.all(Array.from({ length: 10 }, () => ana.send("¿Cuánto cuesta el envío?")));
  await ana.waitForReply();
  await world.drain();
  expect(ana.replies().length).toBeLessThan(10);
  expect(refused(before)).toBe(0);
  frozenMs = null;
  const open = await world.sql`select id from conversations where received_seq > answered_seq`;
  expect(open).toEqual([]);
});

test("an answer that Meta finds too early for its person is sent again when it may be", async () => {
  const ana = world.customer("51991210001");
  frozenMs = Date.now();
  for (const count of [1, 2]) {
    await ana.send("hola");
    await ana.waitForReply(count);
    await world.drain();
  }
  // Two at once have to be worked off in twelve seconds.
  const before = world.graph.sent.length;
  world.graph.requests.length = 0;
  const beganMs = frozenMs;
  frozenMs = beganMs + 11_000;
  world.graph.setFault((request) => {
    if (isReply(request) && refused(before) > 1) frozenMs = beganMs + 12_000;
    return null;
  });
  await ana.send("¿Cuánto cuesta el envío?");
  await ana.waitForReply(3);
  await world.drain();
  frozenMs = null;
  expect(refused(before)).toBe(1);
  expect(ana.replies()).toHaveLength(3);
});

/** A reply of unlimited length, because the offline model keeps to its token limit. */
const saying = (content: string) => ({
  garbage: JSON.stringify({
    id: "chatcmpl-long",
    object: "chat.completion",
    created: 0,
    model: "gpt-4o",
    choices: [{ index: 0, message: { role: "assistant", content }, finish_reason: "stop" }],
    usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
  }),
});

test.each(["auto", "shuffled"] as const)(
  "an answer in three parts arrives whole and in order, with %s reports",
  async (mode) => {
    world.graph.setStatuses(mode);
    const lines = Array.from({ length: 350 }, (_, at) => `Talla ${at}: quedan ${at} ponchos`);
    world.model.setFault(({ kind }) => (kind === "classify" ? null : saying(lines.join("\n"))));
    const ana = world.customer(mode === "auto" ? "51991300001" : "51991300002");
    const delivered: string[] = [];
    const stop = world.graph.subscribe((event) => {
      if (event.type === "message") delivered.push(event.message.waMessageId);
    });
    await ana.send("quiero un poncho");
    await world.drain();
    stop();
    const replies = ana.replies();
    expect(replies.length).toBeGreaterThan(2);
    expect(replies.every(({ text }) => (text?.length ?? 0) <= 4_096)).toBe(true);
    expect(replies.map(({ text }) => text).join("\n")).toBe(lines.join("\n"));
    expect(replies.map(({ waMessageId }: SentMessage) => waMessageId)).toEqual(delivered);
  },
);
