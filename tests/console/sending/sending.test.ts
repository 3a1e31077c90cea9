import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { OperatorMessage, Sending } from "../../../contracts/console/acts.ts";
import type { ConversationView } from "../../../contracts/console/thread.ts";
import type { GraphRequest } from "../../../fakes/graph/faults.ts";
import { startWorld, type World } from "../../support/world.ts";
import { type Member, signedInAs } from "../member.ts";

let world: World;
let ana: Member;
let beto: Member;
let people = 0;
beforeAll(async () => {
  world = await startWorld({ endpoints: true, env: { STATUS_WAIT_MS: "300" } });
  ana = await signedInAs(world, "agent", "Ana");
  beto = await signedInAs(world, "agent", "Beto");
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.drain();
  world.graph.setStatuses("auto");
  world.graph.setFault(null);
  world.model.setFault(null);
  world.neon.setFault(null);
});

/** A customer with whom the bot has spoken. */
async function conversation() {
  const customer = world.customer(`5199540${1000 + people++}`, "Eva");
  await customer.send("hola");
  await customer.waitForReply();
  await world.drain();
  const [row] = await world.sql<{ id: string }>`
    select c.id from conversations c join customers u on u.id = c.customer_id where u.phone = ${customer.phone}`;
  return { customer, id: row?.id ?? "" };
}

const NOW = () => Date.now() + 1_000;
const text = (words: string): OperatorMessage => ({ kind: "text", text: words });
const sending = (message: OperatorMessage, more: object = {}) => ({
  id: crypto.randomUUID(),
  message,
  quoteWaMessageId: null,
  seenAt: NOW(),
  ...more,
});
const send = (member: Member, id: string, words: string, more: object = {}) =>
  member.post(`/conversations/${id}/messages`, sending(text(words), more));
const sent = async (answer: Promise<Response>): Promise<Sending> => {
  const response = await answer;
  expect(response.status).toBe(202);
  return (await response.json()) as Sending;
};
const codeOf = async (answer: Promise<Response>) => {
  const response = await answer;
  const { error } = (await response.json()) as { error: { code: string; by?: { name: string } | null } };
  return [response.status, error.code, error.by?.name ?? null];
};
const act = async (member: Member, id: string, name: string, body: unknown = {}) =>
  expect((await member.post(`/conversations/${id}/${name}`, body)).status).toBe(200);
/** Words and states of what operators wrote, in the order of the thread. */
const outbox = async (id: string) =>
  (
    await world.sql<{ text: string; state: string }>`
      select text, state from messages where conversation_id = ${id}::uuid and author = 'operator' order by created_at`
  ).map(({ text, state }) => `${text}: ${state}`);
const saidTo = ({ replies }: { replies(): { text: string | null }[] }) =>
  replies()
    .slice(1)
    .map(({ text }) => text);
const isText = ({ body }: GraphRequest) => (body as { type?: string }).type === "text";
const nothingOpen = async (id: string) => {
  const rows = await world.sql`
    select from conversations c where id = ${id}::uuid and (received_seq > answered_seq or lease_expires_at is not null
      or exists (select from turns where conversation_id = c.id and state in ('running', 'drafted')))`;
  expect(rows).toHaveLength(0);
};

test("what an operator writes goes out at once, and takes the conversation from the bot", async () => {
  const { customer, id } = await conversation();
  const { message, took, row } = await sent(send(ana, id, "Buenas, soy Ana"));
  expect({ took, status: message.status, by: message.operator?.name }).toEqual({
    took: true,
    status: "pending",
    by: "Ana",
  });
  expect(row).toMatchObject({ owner: "human", assignee: { name: "Ana" }, preview: "Buenas, soy Ana" });
  await world.drain();
  expect(saidTo(customer)).toEqual(["Buenas, soy Ana"]);
  expect(await outbox(id)).toEqual(["Buenas, soy Ana: read"]);
  await nothingOpen(id);
  expect((await sent(send(ana, id, "¿Sigue ahí?"))).took).toBe(false);
  await customer.send("sí");
  await world.drain();
  expect(saidTo(customer)).toEqual(["Buenas, soy Ana", "¿Sigue ahí?"]);
  await nothingOpen(id);
});

test("a message is sent once, however often it is pressed, at once and later", async () => {
  const { customer, id } = await conversation();
  const body = sending(text("una vez"));
  const press = () => ana.post(`/conversations/${id}/messages`, body);
  const answers = await Promise.all(Array.from({ length: 10 }, press));
  expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(202));
  const ids = await Promise.all(answers.map(async (answer) => ((await answer.json()) as Sending).message.id));
  expect(new Set(ids)).toEqual(new Set([body.id]));
  await world.drain();
  expect((await sent(press())).message.status).toBe("read");
  await world.drain();
  expect(saidTo(customer)).toEqual(["una vez"]);
  // Nobody else may use the id, here or in another conversation.
  expect(await codeOf(beto.post(`/conversations/${id}/messages`, body))).toEqual([409, "id_used", null]);
  const other = await conversation();
  expect(await codeOf(ana.post(`/conversations/${other.id}/messages`, body))).toEqual([409, "id_used", null]);
});

test("several messages go out in the order in which they were pressed", async () => {
  const { customer, id } = await conversation();
  const words = Array.from({ length: 6 }, (_, at) => `parte ${at}`);
  for (const part of words) await sent(send(ana, id, part));
  await world.drain();
  expect(saidTo(customer)).toEqual(words);
  await nothingOpen(id);
});

test("a send that takes effect although its answer is lost is settled by its status report", async () => {
  const { customer, id } = await conversation();
  world.graph.setFault((request) => (isText(request) ? { reset: true, afterAccepting: true } : null));
  await sent(send(ana, id, "¿llegó?"));
  await world.drain();
  expect(saidTo(customer)).toEqual(["¿llegó?"]);
  expect(await outbox(id)).toEqual(["¿llegó?: read"]);
  await nothingOpen(id);
});

test("a send that is never confirmed is made once more, and then shown as unconfirmed, not as a dead letter", async () => {
  const { id } = await conversation();
  world.graph.setStatuses("none");
  let tries = 0;
  world.graph.setFault((request) => {
    if (isText(request)) tries += 1;
    return isText(request) ? { reset: true } : null;
  });
  await sent(send(ana, id, "eco"));
  await world.drain();
  expect(tries).toBe(2);
  const view = (await (await ana.get(`/conversations/${id}`)).json()) as ConversationView;
  expect(view.messages.at(-1)).toMatchObject({ status: "pending", failure: "unconfirmed" });
  expect(await world.sql`select from turns where state = 'dead'`).toHaveLength(0);
  await nothingOpen(id);
});

test("a message that Meta refuses is shown with the reason, and said in no other way", async () => {
  const { customer, id } = await conversation();
  world.graph.setFault((request) =>
    isText(request) ? { status: 400, body: { error: { code: 131_009, message: "no" } } } : null,
  );
  await sent(send(ana, id, "rara"));
  await world.drain();
  const view = (await (await ana.get(`/conversations/${id}`)).json()) as ConversationView;
  expect(view.messages.at(-1)).toMatchObject({
    status: "failed",
    metaCodes: [131_009],
    failure: "refused_form",
  });
  expect(saidTo(customer)).toEqual([]);
  expect(await world.sql`select from turns where state = 'dead'`).toHaveLength(0);
  await nothingOpen(id);
});

test("a failed status report shows at the message; if the bot has the conversation by then, an operator is called", async () => {
  const { customer, id } = await conversation();
  world.graph.setStatuses("none");
  await sent(send(ana, id, "perdida"));
  await world.drain();
  await act(ana, id, "give-back");
  const message = customer.replies().at(-1);
  if (message) await world.graph.report(message.waMessageId, "failed", 131_047);
  await world.drain();
  expect(await outbox(id)).toEqual(["perdida: failed"]);
  const [handoff] = await world.sql<{ reason: string }>`
    select reason from handoffs where conversation_id = ${id}::uuid and handed_back_at is null`;
  expect(handoff?.reason).toBe("not_delivered");
});

test("while Meta is down a message stays pending, and goes out when Meta is back, whoever has the conversation then", async () => {
  const { customer, id } = await conversation();
  world.graph.setFault(() => ({ status: 401, body: { error: { code: 190 } } }));
  await sent(send(ana, id, "uno"));
  await world.drain();
  await sent(send(ana, id, "dos"));
  await world.drain();
  expect(await outbox(id)).toEqual(["uno: draft", "dos: draft"]);
  await act(ana, id, "give-back");
  world.graph.setFault(null);
  await world.sql`update conversations set retry_at = clock_timestamp() where id = ${id}::uuid and retry_at is not null`;
  await world.resume();
  await world.drain();
  expect(saidTo(customer)).toEqual(["uno", "dos"]);
  await nothingOpen(id);
  await customer.send("gracias");
  await customer.waitForReply(4);
  await world.drain();
  await nothingOpen(id);
});

test("an operator who sends while the bot composes is first, and the bot says nothing more", async () => {
  const { customer, id } = await conversation();
  let pressed: Promise<Sending> | null = null;
  world.model.setFault(({ kind }) => {
    if (kind === "classify" || pressed) return null;
    const press = async () => {
      pressed = sent(send(ana, id, "yo me encargo"));
      await pressed;
      // Out before the bot has finished.
      await customer.waitForReply(2);
    };
    return { first: press, delayMs: 0 };
  });
  await customer.send("¿tienen ponchos?");
  await world.drain();
  expect(saidTo(customer)).toEqual(["yo me encargo"]);
  await nothingOpen(id);
});

test("an operator who sends between the bot's draft and its send waits for it, and is next", async () => {
  const { customer, id } = await conversation();
  let pressed = false;
  world.graph.setFault((request) => {
    if (!isText(request) || pressed) return null;
    pressed = true;
    return { first: () => sent(send(ana, id, "después")), delayMs: 0, afterAccepting: true };
  });
  await customer.send("¿tienen ponchos?");
  await world.drain();
  expect(saidTo(customer)).toHaveLength(2);
  expect(saidTo(customer).at(-1)).toBe("después");
  await nothingOpen(id);
});

test("a colleague's conversation is theirs until it is taken", async () => {
  const { customer, id } = await conversation();
  await act(ana, id, "take");
  expect(await codeOf(send(beto, id, "hola"))).toEqual([409, "not_yours", "Ana"]);
  await act(beto, id, "take", { from: ana.operatorId });
  await sent(send(beto, id, "hola"));
  expect(await codeOf(send(ana, id, "hola"))).toEqual([409, "not_yours", "Beto"]);
  await world.drain();
  expect(saidTo(customer)).toEqual(["hola"]);
});

test("of two who send at once, one is told what the other wrote", async () => {
  const { customer, id } = await conversation();
  const seenAt = Date.now();
  await act(ana, id, "take");
  await act(ana, id, "assign", { operatorId: null });
  const answers = await Promise.all([
    send(ana, id, "de Ana", { seenAt }),
    send(beto, id, "de Beto", { seenAt }),
  ]);
  expect(answers.map(({ status }) => status).sort()).toEqual([202, 409]);
  await world.drain();
  expect(saidTo(customer)).toHaveLength(1);
  // The one who lost takes it, and still does not know what was said.
  const [loser, winner] = answers[0]?.status === 409 ? [ana, beto] : [beto, ana];
  await act(loser, id, "take", { from: winner.operatorId });
  const winnerName = winner === ana ? "Ana" : "Beto";
  expect(await codeOf(send(loser, id, "yo", { seenAt }))).toEqual([409, "others_wrote", winnerName]);
  await sent(send(loser, id, "yo", { seenAt, anyway: true }));
  await world.drain();
  expect(saidTo(customer)).toHaveLength(2);
});

test("what somebody wrote in the phone app meanwhile counts too", async () => {
  const { id } = await conversation();
  const seenAt = Date.now() - 60_000;
  await act(ana, id, "take");
  await world.sql`
    select receive_operator_echo(c, ${JSON.stringify({ waMessageId: `wamid.${id}`, type: "text", text: "hola" })}::jsonb, clock_timestamp(), 60)
      from conversations c where id = ${id}::uuid`;
  expect(await codeOf(send(ana, id, "hola", { seenAt }))).toEqual([409, "others_wrote", null]);
});

test("nobody writes to a customer who wants no messages, nor sends what was pressed before they said so", async () => {
  const { customer, id } = await conversation();
  world.graph.setFault(() => ({ status: 401, body: { error: { code: 190 } } }));
  await sent(send(ana, id, "tarde"));
  await world.drain();
  world.graph.setFault(null);
  await customer.send("STOP");
  await world.drain();
  await world.sql`update conversations set retry_at = clock_timestamp() where id = ${id}::uuid and retry_at is not null`;
  await world.resume();
  await world.drain();
  expect(saidTo(customer)).not.toContain("tarde");
  expect(await outbox(id)).toEqual(["tarde: withheld"]);
  expect(await codeOf(send(ana, id, "hola"))).toEqual([409, "opted_out", null]);
  await nothingOpen(id);
});

test("without Meta's window free text is refused, and what waited when it closed fails with that reason", async () => {
  const { customer, id } = await conversation();
  world.graph.setFault(() => ({ status: 401, body: { error: { code: 190 } } }));
  await sent(send(ana, id, "casi"));
  await world.drain();
  world.graph.setFault(null);
  await world.sql`
    update conversations set window_ends_at = clock_timestamp(), retry_at = case when retry_at is not null then clock_timestamp() end
      where id = ${id}::uuid`;
  expect(await codeOf(send(ana, id, "hola"))).toEqual([409, "window_closed", null]);
  await world.resume();
  await world.drain();
  const view = (await (await ana.get(`/conversations/${id}`)).json()) as ConversationView;
  expect(view.messages.at(-1)).toMatchObject({ status: "failed", failure: "window_closed" });
  expect(saidTo(customer)).toEqual([]);
  await nothingOpen(id);
});

test("a reply quotes its message, and a reaction is put on it and taken away", async () => {
  const { customer, id } = await conversation();
  const { waMessageId } = await customer.send("¿cuál talla?");
  await customer.waitForReply(2);
  await world.drain();
  await sent(send(ana, id, "la M", { quoteWaMessageId: waMessageId }));
  await world.drain();
  expect(customer.replies().at(-1)).toMatchObject({ text: "la M", quoteWaMessageId: waMessageId });
  for (const emoji of ["👍🏽", ""]) {
    await sent(ana.post(`/conversations/${id}/messages`, sending({ kind: "reaction", waMessageId, emoji })));
    await world.drain();
    expect(customer.replies().at(-1)?.body).toMatchObject({ reaction: { message_id: waMessageId, emoji } });
  }
  const elsewhere = { quoteWaMessageId: "wamid.other" };
  expect(await codeOf(send(ana, id, "x", elsewhere))).toEqual([400, "unknown_message", null]);
  const strange = sending({ kind: "reaction", waMessageId, emoji: "hola" });
  expect((await ana.post(`/conversations/${id}/messages`, strange)).status).toBe(400);
});

test.each([
  ["an empty text", text(" \n ")],
  ["a text that shows nothing", text("\u200B\u2060 \u3164")],
  ["a text over Meta's limit", text("x".repeat(4097))],
  ["a kind that is not known", { kind: "sticker" }],
])("%s is refused, and nothing is written", async (_, message) => {
  const { id } = await conversation();
  const answer = await ana.post(`/conversations/${id}/messages`, sending(message as OperatorMessage));
  expect(answer.status).toBe(400);
  expect(await outbox(id)).toEqual([]);
});

test("when the database does not answer nothing is sent, and the same press works later", async () => {
  const { customer, id } = await conversation();
  const body = sending(text("otra vez"));
  world.neon.setFault((statement) => (statement.includes("send_as_operator(") ? { status: 500 } : null));
  expect((await ana.post(`/conversations/${id}/messages`, body)).status).toBeGreaterThanOrEqual(500);
  // Stored, and only the answer is lost.
  world.neon.setFault((statement) =>
    statement.includes("send_as_operator(") ? { reset: true, afterAccepting: true } : null,
  );
  expect((await ana.post(`/conversations/${id}/messages`, body)).status).toBeGreaterThanOrEqual(500);
  world.neon.setFault(null);
  await sent(ana.post(`/conversations/${id}/messages`, body));
  await world.drain();
  expect(saidTo(customer)).toEqual(["otra vez"]);
});

test("no viewer sends, and nobody into another company's conversation", async () => {
  const { id } = await conversation();
  const viewer = await signedInAs(world, "viewer");
  expect((await send(viewer, id, "hola")).status).toBe(403);
  const [other] = await world.sql<{ id: string }>`
    with t as (insert into tenants (phone_number_id) values ('other-sending') returning id),
         u as (insert into customers (tenant_id, phone) select id, '5199541' from t returning id, tenant_id)
    insert into conversations (tenant_id, customer_id, window_ends_at)
      select tenant_id, id, now() + interval '1 day' from u returning id`;
  expect((await send(ana, other?.id ?? "", "hola")).status).toBe(404);
  expect(await world.sql`select from messages where conversation_id = ${other?.id ?? ""}::uuid`).toHaveLength(
    0,
  );
});
