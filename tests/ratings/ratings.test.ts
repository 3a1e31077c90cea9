/** Ratings (CSAT) over the real road: the question, the score, the words about it, and why nobody was asked. */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { RATING_TEXTS } from "../../lib/language/rating.ts";
import { type Member, signedInAs } from "../console/member.ts";
import type { Customer } from "../support/customer.ts";
import { gate } from "../support/gate.ts";
import { later } from "../support/later.ts";
import { startWorld, type World } from "../support/world.ts";

let world: World;
let agent: Member;
let people = 0;
beforeAll(async () => {
  world = await startWorld();
  agent = await signedInAs(world, "agent");
});
afterAll(() => world.close());
beforeEach(() => world.sql`update tenants set settings = '{}'`);

const newcomer = () => world.customer(`5191500${1000 + people++}`);
const { question, why, thanks } = RATING_TEXTS.es;

/** What Graph got for them, as words. */
const heard = (customer: Customer) =>
  customer.replies().map(({ text, body }) => text ?? JSON.stringify(body));
const asked = (customer: Customer) => heard(customer).filter((words) => words.includes(question)).length;

async function says(
  customer: Customer,
  text: string,
  overrides: Record<string, unknown> = {},
): Promise<void> {
  await customer.send(text, overrides);
  await world.drain();
}

/** The conversation of a customer, as the database has it. */
async function conversationOf(customer: Customer) {
  const [row] = await world.sql<{
    id: string;
    closed: boolean;
    flagged: boolean;
    status: string;
    unread: boolean;
  }>`
    select c.id, c.closed_at is not null as closed, c.flagged_at is not null as flagged, c.status,
           c.received_seq > c.answered_seq as unread
      from conversations c join customers u on u.id = c.customer_id where u.phone = ${customer.phone}`;
  if (!row) throw new Error("no conversation");
  return row;
}

async function close(customer: Customer): Promise<void> {
  const { id } = await conversationOf(customer);
  expect((await agent.post(`/conversations/${id}/close`, {})).status).toBe(200);
  await world.drain();
  await world.resume();
  await world.drain();
}

async function silence(interval: string): Promise<void> {
  await later(world, interval);
  await world.resume();
  await world.drain();
}

async function ratingOf(customer: Customer) {
  const [row] = await world.sql<Record<string, unknown>>`
    select r.served_by, r.cause, r.not_asked, r.score, r.comment, r.intent from csat r join customers u on u.id = r.customer_id
      where u.phone = ${customer.phone} order by r.created_at desc limit 1`;
  return row;
}

/** A tap on a row of the newest question. */
async function tap(customer: Customer, score: number, id?: string): Promise<Record<string, unknown>> {
  const [row] = await world.sql<{ id: string }>`
    select r.id from csat r join customers u on u.id = r.customer_id where u.phone = ${customer.phone} order by r.created_at desc limit 1`;
  const list_reply = { id: id ?? `rating:${row?.id}:${score}`, title: `${score}` };
  return { type: "interactive", text: undefined, interactive: { type: "list_reply", list_reply } };
}

const turnsOf = async (customer: Customer) => {
  const [row] = await world.sql<{ count: number }>`
    select count(*)::int as count from turns t join conversations c on c.id = t.conversation_id join customers u on u.id = c.customer_id
      where u.phone = ${customer.phone} and t.rung <> 'notice'`;
  return row?.count;
};

test("after a conversation is closed: one question, a score that is no new turn, the words about it, thanks", async () => {
  const ana = newcomer();
  await says(ana, "¿Cuánto cuesta el envío?");
  await close(ana);
  expect(asked(ana)).toBe(1);
  const rows = JSON.stringify(ana.replies().at(-1)?.body);
  expect(rows).toMatch(/rating:[0-9a-f-]{36}:5.*rating:[0-9a-f-]{36}:1/);

  await says(ana, "", await tap(ana, 2));
  expect(heard(ana).at(-1)).toBe(why);
  expect(await conversationOf(ana)).toMatchObject({ closed: true, flagged: true, unread: false });
  await says(ana, "tardaron mucho en responder");
  expect(heard(ana).at(-1)).toBe(thanks);
  expect(await ratingOf(ana)).toEqual({
    served_by: "bot",
    cause: "closed",
    not_asked: null,
    score: 2,
    comment: "tardaron mucho en responder",
    intent: "product_question",
  });
  expect(await turnsOf(ana)).toBe(1);
  // What comes later is for the bot again.
  await says(ana, "hola");
  expect(await turnsOf(ana)).toBe(2);
});

test("a question after the score is answered, and is no comment", async () => {
  const ana = newcomer();
  await says(ana, "hola");
  await close(ana);
  await says(ana, "", await tap(ana, 5));
  await says(ana, "¿Cuánto cuesta el envío?");
  expect(heard(ana).at(-1)).toContain("S/ 10");
  await says(ana, "gracias");
  expect(await ratingOf(ana)).toMatchObject({ score: 5, comment: null });
  expect(await conversationOf(ana)).toMatchObject({ flagged: false, closed: false });
});

test("after a silence, once, and not again for the days that the company has set", async () => {
  const ana = newcomer();
  await says(ana, "hola");
  await silence("50 minutes");
  expect(asked(ana)).toBe(0);
  await silence("20 minutes");
  expect(asked(ana)).toBe(1);
  expect(await ratingOf(ana)).toMatchObject({ cause: "silent", not_asked: null });
  await silence("2 hours");
  await says(ana, "hola de nuevo");
  await silence("2 hours");
  expect(asked(ana)).toBe(1);
  expect(await ratingOf(ana)).toMatchObject({ not_asked: "asked_recently" });
  await says(ana, "otra vez yo");
  await silence("31 days");
  await says(ana, "¿hay ponchos?");
  await silence("2 hours");
  expect(asked(ana)).toBe(2);
});

test.each<[string, (customer: Customer) => Promise<unknown>]>([
  ["opted_out", (ana) => says(ana, "no me escriban más")],
  ["window_closed", () => later(world, "25 hours")],
  ["unreachable", (ana) => world.sql`update customers set unreachable_at = now() where phone = ${ana.phone}`],
])("nobody is asked when it is %s, and the reason is kept", async (reason, happens) => {
  const ana = newcomer();
  await says(ana, "hola");
  await happens(ana);
  await close(ana);
  expect(asked(ana)).toBe(0);
  expect(await ratingOf(ana)).toMatchObject({ not_asked: reason });
});

test("nobody is asked about a question that nobody answered, nor while one is being answered", async () => {
  const ana = newcomer();
  await says(ana, "hola");
  await close(ana);
  const { id } = await conversationOf(ana);
  expect((await agent.post(`/conversations/${id}/take`, {})).status).toBe(200);
  await says(ana, "¿hay alguien?");
  await close(ana);
  expect(await ratingOf(ana)).toMatchObject({ not_asked: "not_answered" });

  const eva = newcomer();
  await says(eva, "hola");
  const writing = gate();
  const asking = gate();
  const first = () => {
    asking.open();
    return writing.promise;
  };
  world.model.setFault(() => ({ first, delayMs: 1 }));
  await eva.send("¿Cuánto cuesta un poncho de alpaca para mi abuela?");
  await asking.promise;
  const { id: open } = await conversationOf(eva);
  expect((await agent.post(`/conversations/${open}/close`, {})).status).toBe(200);
  world.model.setFault(null);
  writing.open();
  await world.drain();
  expect(await ratingOf(eva)).toMatchObject({ not_asked: "busy" });
  expect([asked(ana), asked(eva)]).toEqual([1, 0]);
});

test("a company that does not ask keeps nothing", async () => {
  await world.sql`update tenants set settings = '{"csat": {"enabled": false}}'`;
  const ana = newcomer();
  await says(ana, "hola");
  await close(ana);
  expect([asked(ana), await ratingOf(ana)]).toEqual([0, undefined]);
});

test("another customer's, an unknown, a second and a late tap change nothing, and start no turn", async () => {
  const [ana, eva] = [newcomer(), newcomer()];
  for (const each of [ana, eva]) {
    await says(each, "hola");
    await close(each);
  }
  const evas = await tap(eva, 1);
  await says(ana, "", evas);
  for (const id of ["rating:", "rating:x:5", `rating:${crypto.randomUUID()}:5`, "rating:{rating}:9"])
    await says(ana, "", await tap(ana, 0, id));
  for (const score of [0, 6, 55]) await says(ana, "", await tap(ana, score));
  expect([await ratingOf(ana), await ratingOf(eva)]).toMatchObject([{ score: null }, { score: null }]);
  await says(ana, "", await tap(ana, 4));
  await says(ana, "", await tap(ana, 1));
  expect(await ratingOf(ana)).toMatchObject({ score: 4 });
  await later(world, "8 days");
  await says(eva, "", evas);
  expect(await ratingOf(eva)).toMatchObject({ score: null });
  expect([await turnsOf(ana), await turnsOf(eva)]).toEqual([1, 1]);
});

test("a score that comes while an operator has the conversation is kept without a word", async () => {
  const ana = newcomer();
  await says(ana, "hola");
  await close(ana);
  const { id } = await conversationOf(ana);
  await agent.post(`/conversations/${id}/take`, {});
  const before = heard(ana).length;
  await says(ana, "", await tap(ana, 3));
  expect(heard(ana)).toHaveLength(before);
  expect(await ratingOf(ana)).toMatchObject({ score: 3 });
  expect(await conversationOf(ana)).toMatchObject({ status: "human" });
});

test("the same delivery again changes nothing", async () => {
  const ana = newcomer();
  await says(ana, "hola");
  await close(ana);
  const overrides = { ...(await tap(ana, 5)), id: "wamid.rated.once" };
  await says(ana, "", overrides);
  await says(ana, "", overrides);
  expect(heard(ana).filter((words) => words === why)).toHaveLength(1);
});

test("a company sees its ratings: shares, groups and why others were not asked; nobody else does", async () => {
  await world.sql`delete from csat`;
  const [ana, eva, leo] = [newcomer(), newcomer(), newcomer()];
  for (const each of [ana, eva, leo]) await says(each, "¿Cuánto cuesta el envío?");
  await says(leo, "no me escriban más");
  for (const each of [ana, eva, leo]) await close(each);
  await says(ana, "", await tap(ana, 5));
  await says(eva, "", await tap(eva, 2));
  const summary = await (await agent.get("/csat?days=7")).json();
  expect(summary).toEqual({
    days: 7,
    asked: 2,
    answered: 2,
    scores: [0, 1, 0, 0, 1],
    groups: [
      { by: "intent", name: "product_question", answered: 2, average: 3.5 },
      { by: "served_by", name: "bot", answered: 2, average: 3.5 },
    ],
    notAsked: [{ reason: "opted_out", count: 1 }],
  });
  for (const days of ["0", "-1", "x", "400", "1.5"])
    expect(await (await agent.get(`/csat?days=${days}`)).json()).toMatchObject({ days: 30 });
});

test("an owner sees what is to be done, and removes the demonstration and nothing else", async () => {
  const owner = await signedInAs(world, "owner");
  const ana = newcomer();
  await says(ana, "hola");
  await world.sql`update customers set demo = phone <> ${ana.phone}`;
  const before = await (await owner.get("/start")).json();
  expect(before.demo).toBeGreaterThan(0);
  expect(before.steps).toContainEqual({ name: "test", done: true });
  expect((await agent.post("/demo/remove", {})).status).toBe(403);
  expect(await (await owner.post("/demo/remove", {})).json()).toEqual({ removed: before.demo });
  expect(await (await owner.get("/start")).json()).toMatchObject({ demo: 0 });
  expect(await world.sql`select phone from customers`).toEqual([{ phone: ana.phone }]);
});

test("what a customer writes after a score is for the operator who has taken the conversation meanwhile", async () => {
  const ana = newcomer();
  await says(ana, "hola");
  await close(ana);
  await says(ana, "", await tap(ana, 2));
  const { id } = await conversationOf(ana);
  await agent.post(`/conversations/${id}/take`, {});
  await says(ana, "tardaron mucho en responder");
  expect(await ratingOf(ana)).toMatchObject({ score: 2, comment: null });
  const [message] = await world.sql<{ counted: boolean }>`
    select seq is not null as counted from messages where conversation_id = ${id}::uuid and direction = 'in' order by created_at desc limit 1`;
  expect(message).toEqual({ counted: true });
});
