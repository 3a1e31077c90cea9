import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { GraphRequest } from "../../fakes/graph/faults.ts";
import { startWorld, type World } from "../support/world.ts";

let world: World;
let people = 0;

beforeAll(async () => {
  world = await startWorld({ endpoints: true, env: { STATUS_WAIT_MS: "400" } });
});
afterAll(() => world.close());
beforeEach(() => {
  world.graph.setFault(null);
  world.graph.setStatuses("auto");
});

const newcomer = () => world.customer(`5193000${1000 + people++}`);
const isText = ({ body }: GraphRequest) => (body as { type?: string }).type === "text";
const textSends = (phone: string) =>
  world.graph.requests.filter(
    (request) => isText(request) && (request.body as { to?: string }).to === `+${phone}`,
  );
const outbound = (phone: string) =>
  world.sql<{ state: string; sends: number; turn: string; errors: string[] }>`
    select m.state, m.sends, t.state as turn, t.errors from messages m join turns t on t.id = m.turn_id
      join conversations c on c.id = m.conversation_id join customers u on u.id = c.customer_id
      where u.phone = ${phone} and m.direction = 'out'`;

test("a reply goes to +number, as text, with our own id to be echoed, and moves forward with its statuses", async () => {
  const ana = newcomer();
  await ana.send("hola");
  await ana.waitForReply();
  await world.drain();
  const [request] = textSends(ana.phone);
  expect(request?.body).toMatchObject({
    messaging_product: "whatsapp",
    recipient_type: "individual",
    to: `+${ana.phone}`,
    biz_opaque_callback_data: expect.stringMatching(/^[0-9a-f-]{36}$/),
  });
  expect(request?.body).not.toHaveProperty("context");
  expect(await outbound(ana.phone)).toMatchObject([{ state: "read", sends: 1, turn: "answered" }]);
});

test("the customer is read and sees typing before the reply", async () => {
  const ana = newcomer();
  const { waMessageId } = await ana.send("hola");
  await ana.waitForReply();
  const typing = world.graph.requests.find(
    ({ body }) => (body as { message_id?: string }).message_id === waMessageId,
  );
  expect(typing?.body).toMatchObject({ status: "read", typing_indicator: { type: "text" } });
});

test("a failing typing indicator holds nothing up", async () => {
  const ana = newcomer();
  world.graph.setFault((request) => (isText(request) ? null : { status: 500 }));
  await ana.send("hola");
  await ana.waitForReply();
});

test.each([429, 400])("a throttle with HTTP %s is sent again, once it may be", async (status) => {
  const ana = newcomer();
  const throttled = { status, body: { error: { code: 130429, message: "Rate limit hit" } } };
  let refused = 0;
  world.graph.setFault((request) => (isText(request) && refused++ < 1 ? throttled : null));
  await ana.send("hola");
  await ana.waitForReply();
  await world.drain();
  expect(ana.replies()).toHaveLength(1);
  expect(textSends(ana.phone)).toHaveLength(2);
});

test.each([
  ["answers 500", { status: 500, afterAccepting: true }],
  ["cuts the connection", { reset: true, afterAccepting: true }],
] as const)("when Graph accepts and then %s, the status echo settles it: one send", async (_name, fault) => {
  const ana = newcomer();
  world.graph.setFault((request) => (isText(request) ? fault : null));
  await ana.send("hola");
  await ana.waitForReply();
  await world.drain();
  expect(textSends(ana.phone)).toHaveLength(1);
  expect(await outbound(ana.phone)).toMatchObject([{ state: "read", turn: "answered" }]);
});

test("when Graph answers 500 once and nothing was sent, the customer still gets the reply, once", async () => {
  const ana = newcomer();
  let failed = 0;
  world.graph.setFault((request) => (isText(request) && failed++ < 1 ? { status: 500 } : null));
  await ana.send("hola");
  await ana.waitForReply();
  await world.drain();
  expect(ana.replies()).toHaveLength(1);
  expect(await outbound(ana.phone)).toMatchObject([{ state: "read", sends: 2, turn: "answered" }]);
});

test("a send that is never answered and never echoed is made at most twice", async () => {
  const ana = newcomer();
  world.graph.setStatuses("none");
  world.graph.setFault((request) => (isText(request) ? { status: 500, afterAccepting: true } : null));
  await ana.send("hola");
  await world.drain();
  await world.resume();
  await world.drain();
  expect(textSends(ana.phone)).toHaveLength(2);
  expect(await outbound(ana.phone)).toMatchObject([{ state: "ambiguous", sends: 2, turn: "dead" }]);
  expect(await world.sql`select value ->> 'reason' as reason from dead_letters(10) value`).toEqual([
    { reason: "unconfirmed" },
  ]);
});

test("a message that can never be sent is dead with its code, and the next one is answered", async () => {
  const ana = newcomer();
  const lost = { status: 400, body: { error: { code: 131026, message: "Message undeliverable" } } };
  world.graph.setFault((request) => (isText(request) ? lost : null));
  await ana.send("hola");
  await world.drain();
  expect(await outbound(ana.phone)).toMatchObject([
    { state: "failed", turn: "dead", errors: ["send:graph_131026"] },
  ]);
  world.graph.setFault(null);
  await ana.send("¿hola?");
  await ana.waitForReply();
});

test("with an expired token the reply waits, and goes out once the token is good", async () => {
  const ana = newcomer();
  const expired = { status: 401, body: { error: { code: 190, message: "Access token has expired" } } };
  world.graph.setFault((request) => (isText(request) ? expired : null));
  await ana.send("hola");
  await world.drain();
  expect(await outbound(ana.phone)).toMatchObject([{ state: "draft", turn: "drafted" }]);
  world.graph.setFault(null);
  const modelCalls = world.model.requests.length;
  await world.sql`update conversations set retry_at = clock_timestamp() where retry_at is not null`;
  expect(await (await world.resume()).json()).toEqual({ found: 1, resumed: 1 });
  await world.drain();
  expect(ana.replies()).toHaveLength(1);
  expect(world.model.requests).toHaveLength(modelCalls);
});

test("a burst while a turn runs gets one reply that covers all and quotes the last", async () => {
  const ana = newcomer();
  world.model.setFault((request, n) => (request.kind === "classify" && n === 1 ? { delayMs: 400 } : null));
  await ana.send("hola");
  const others = await Promise.all([ana.send("una pregunta"), ana.send("¿Cuánto cuesta el envío?")]);
  await ana.waitForReply();
  await world.drain();
  world.model.setFault(null);
  const [reply] = ana.replies();
  expect(ana.replies()).toHaveLength(1);
  expect(reply?.text).toContain("S/ 10");
  expect(others.map(({ waMessageId }) => waMessageId)).toContain(reply?.quoteWaMessageId);
});

test("a turn whose holder died after the draft is finished by another, without the model", async () => {
  const ana = newcomer();
  // The connection to the database breaks when the turn is to be finished, and the send before it never left.
  world.graph.setFault((request) => (isText(request) ? { status: 500 } : null));
  world.neon.setFault((body) => (/begin_resend|finish_turn/.test(body) ? { reset: true } : null));
  await ana.send("hola");
  await world.drain();
  expect(await outbound(ana.phone)).toMatchObject([{ state: "draft", turn: "drafted" }]);
  world.graph.setFault(null);
  world.neon.setFault(null);
  const modelCalls = world.model.requests.length;
  await world.sql`update conversations set lease_expires_at = clock_timestamp() where lease_expires_at is not null`;
  await world.resume();
  await world.drain();
  expect(ana.replies()).toHaveLength(1);
  expect(world.model.requests).toHaveLength(modelCalls);
});

test("somebody else's webhook finishes what was left open", async () => {
  const ana = newcomer();
  world.neon.setFault((body) => (/draft_reply|finish_turn/.test(body) ? { reset: true } : null));
  await ana.send("hola");
  await world.drain();
  expect(ana.replies()).toEqual([]);
  world.neon.setFault(null);
  await world.sql`update conversations set unread_since = unread_since - interval '1 minute', lease_expires_at = now()
    where unread_since is not null`;
  await newcomer().send("hola");
  await ana.waitForReply();
});

test("a tool that is called again because the turn went round is called under the same key", async () => {
  const ana = newcomer();
  let late = 0;
  world.model.setFault(({ kind }) => (kind === "tools" && late++ < 1 ? { delayMs: 500 } : null));
  await ana.send("¿Cuánto cuesta el envío?");
  await until(() => late > 0);
  await ana.send("¿y a provincia?");
  await ana.waitForReply();
  await world.drain();
  world.model.setFault(null);
  const calls = await world.sql<{ key: string; state: string }>`
    select k.idempotency_key as key, t.state from tool_calls k join turns t on t.id = k.turn_id
      join conversations c on c.id = t.conversation_id join customers u on u.id = c.customer_id
      where u.phone = ${ana.phone} order by k.id`;
  expect(calls.map(({ state }) => state)).toEqual(["overtaken", "answered"]);
  expect(calls[0]?.key).toBe(calls[1]?.key);
});

/** Looks until it is so; the test's own limit ends what never is. */
async function until(so: () => boolean): Promise<void> {
  while (!so()) await new Promise((resolve) => setTimeout(resolve, 5));
}
