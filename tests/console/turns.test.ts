import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { SeenTurn } from "../../contracts/console/turns.ts";
import { OBJECTIVES } from "../../lib/insight/objectives.ts";
import { demoEngine } from "../support/postgres.ts";
import { startWorld, WORLD, type World } from "../support/world.ts";
import { type Member, signedInAs } from "./member.ts";
import { company } from "./visitor.ts";

const SECRET = "mi clave es 4711, ¿dónde está mi pedido?";
let world: World;
let agent: Member;
let viewer: Member;
let turnId: string;

beforeAll(async () => {
  world = await startWorld({
    engine: demoEngine,
    env: { INTENT_TIMEOUT_MS: "30000", REPLY_TIMEOUT_MS: "30000" },
  });
  await company(world, "208812345678901");
  agent = await signedInAs(world, "agent");
  viewer = await signedInAs(world, "viewer");
  await world.customer("51931007777").send(SECRET);
  await world.drain();
  const [turn] = await world.sql<{ id: string }>`select id from turns`;
  turnId = turn?.id ?? "";
});
afterAll(() => world.close());

async function seen(member: Member, id = turnId): Promise<SeenTurn> {
  const response = await member.get(`/turns/${id}`);
  expect(response.status).toBe(200);
  return response.json() as Promise<SeenTurn>;
}

test("an agent sees all of it, by role", async () => {
  const turn = await seen(agent);
  expect(turn).toMatchObject({
    ...{ id: turnId, state: "answered", withWords: true, intent: "order_status", decidedBy: "model" },
    ...{ language: "es", rung: "full", replyModel: "gpt-4o", rounds: 1, errors: [] },
    asked: [{ text: SECRET, characters: SECRET.length, state: null }],
    replies: [{ type: "text", characters: expect.any(Number) }],
    toolCalls: [{ name: "lookup", input: { source: "orders" } }],
  });
  expect(turn.replies[0]?.state).toMatch(/sent|delivered|read/);
  expect(turn.stagesMs).toMatchObject({ classify: expect.any(Number), respond: expect.any(Number) });
  expect([turn.ackMs, turn.waitMs, turn.costUsd]).toEqual([
    expect.any(Number),
    expect.any(Number),
    expect.any(Number),
  ]);
  expect(turn.targets).toEqual({
    webhookMs: OBJECTIVES.webhook.limitMs,
    intentMs: OBJECTIVES.intent.limitMs,
    replyMs: OBJECTIVES.reply.limitMs,
    waitMs: OBJECTIVES.wait.limitMs,
  });
  const [intent, lookup] = turn.exchanges ?? [];
  expect(intent?.sent).toEqual([{ role: "user", tool: null, text: SECRET, characters: SECRET.length }]);
  // The company's local time stands where it stood.
  expect(lookup?.prompt?.text).toMatch(/Local time of the company: \w+ \d{4}-\d\d-\d\d \d\d:\d\d/);
  expect(JSON.stringify(turn)).not.toContain("{local time}");
});

test("a viewer sees roles, lengths and names of tools, and no word", async () => {
  const [whole, turn] = [await seen(agent), await seen(viewer)];
  expect(turn).toMatchObject({
    withWords: false,
    asked: [{ text: null, characters: SECRET.length }],
    replies: [{ text: null, characters: whole.replies[0]?.characters }],
    toolCalls: [{ name: "lookup", input: null, output: null }],
  });
  const shape = ({ exchanges }: SeenTurn) =>
    exchanges?.map(({ prompt, sent, said }) => ({
      prompt: prompt?.characters,
      sayings: [...sent, ...said].map(({ role, tool, characters }) => ({ role, tool, characters })),
    }));
  expect(shape(turn)).toEqual(shape(whole));
  const words = [SECRET, whole.replies[0]?.text, "You sort", "You answer", "orders"].map(
    (text) => text ?? "",
  );
  const told = JSON.stringify(turn);
  expect(words.filter((text) => text !== "" && told.includes(text))).toEqual([]);
});

test("nobody sees a turn of another company, or one that does not exist", async () => {
  const stranger = await world.sql<{
    id: string;
  }>`select id from tenants where phone_number_id <> ${WORLD.phoneNumberId}`;
  const elsewhere = randomUUID();
  await world.sql`
    with person as (insert into customers (tenant_id, phone) values (${stranger[0]?.id ?? ""}::uuid, '51900000009') returning id, tenant_id),
         talk as (insert into conversations (tenant_id, customer_id) select tenant_id, id from person returning id, tenant_id)
    insert into turns (id, tenant_id, conversation_id, epoch, through_seq) select ${elsewhere}::uuid, tenant_id, id, 1, 1 from talk`;
  for (const id of [elsewhere, randomUUID(), "no-id", "%27"])
    expect((await agent.get(`/turns/${id}`)).status, id).toBe(404);
});

test("a price that nobody knows is none, and not 0", async () => {
  await world.sql`update turns set cost_usd = null where id = ${turnId}::uuid`;
  expect((await seen(agent)).costUsd).toBeNull();
});

test("each look is in the audit log, with the conversation; a turn that was not shown is not", async () => {
  const turn = await seen(agent);
  const lines = await world.sql<{ conversation: string; detail: unknown }>`
    select conversation_id as conversation, detail from audit_log where act = 'turn.open' order by at desc limit 1`;
  expect(lines).toEqual([{ conversation: turn.conversationId, detail: { id: turnId } }]);
  const [count] = await world.sql<{ n: number }>`
    select count(*)::int as n from audit_log where act = 'turn.open' and detail ->> 'id' <> ${turnId}`;
  expect(count?.n).toBe(0);
});
