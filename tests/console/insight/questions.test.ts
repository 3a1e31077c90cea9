import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { UnansweredQuestions } from "../../../contracts/console/conversations.ts";
import { demoEngine } from "../../support/postgres.ts";
import { startWorld, type World } from "../../support/world.ts";
import { makeCompany, makeConversation } from "../conversations.ts";
import { type Member, signedInAs } from "../member.ts";

let world: World;
let agent: Member;
let viewer: Member;
beforeAll(async () => {
  world = await startWorld({ engine: demoEngine });
  agent = await signedInAs(world, "agent");
  viewer = await signedInAs(world, "viewer");
});
afterAll(() => world.close());
beforeEach(() => world.sql`delete from turns`);

interface Lookup {
  query: string;
  finds?: boolean;
}

/** A turn that looked things up, so many minutes ago. */
async function ask(
  tenantId: string,
  lookups: readonly Lookup[],
  { language = "es", minutes = 5, state = "answered" } = {},
): Promise<void> {
  const conversation = await makeConversation(world, { tenantId });
  const calls = lookups.map(({ query, finds = false }, place) => ({
    ...{ place, input: { source: "knowledge", query } },
    output: finds ? { passages: [{ title: "x" }] } : { error: "nothing found", hint: "…" },
  }));
  await world.sql`
    with turn as (
      insert into turns (id, tenant_id, conversation_id, epoch, through_seq, state, language, started_at, ended_at)
        values (gen_random_uuid(), ${tenantId}::uuid, ${conversation}::uuid, 1, 1, ${state}, ${language}, now(), now()) returning id)
    insert into tool_calls (turn_id, idempotency_key, name, input, output, ms, created_at)
      select turn.id, place::text, 'lookup', input, output, 5, now() - ${minutes} * interval '1 minute'
        from turn, jsonb_to_recordset(${JSON.stringify(calls)}::jsonb) as c(place int, input jsonb, output jsonb) order by place`;
}

const missed = (query: string, more?: Parameters<typeof ask>[2]) => ask(agent.tenantId, [{ query }], more);
const read = async (member = agent, query = "range=24h"): Promise<UnansweredQuestions> => {
  const answer = await member.get(`/insight/conversations/questions?${query}`);
  expect(answer.status).toBe(200);
  return answer.json() as Promise<UnansweredQuestions>;
};

test.each([
  // Accents, case, signs, order, courtesies.
  ["¿Aceptan mascotas?", "aceptan MASCOTAS", "es", true],
  ["hola, ¿hacen envíos a Cusco?", "envios a cusco por favor", "es", true],
  ["política de garantía", "garantia, politica", "es", true],
  ["¿cuánto cuesta el estacionamiento?", "estacionamiento", "es", true],
  ["vocês têm estacionamento?", "estacionamento tem", "pt", true],
  ["do you have gift cards?", "gift card", "en", true],
  // Typing errors, and words written as they sound.
  ["estacionamiento gratis", "estasionamiento grátis", "es", true],
  ["envoltorio de regalo", "emboltorio de regalo", "es", true],
  ["vegetarian menu", "vegeterian menu", "en", true],
  // Other questions.
  ["¿hacen envíos a Cusco?", "¿hacen devoluciones?", "es", false],
  ["envío a Cusco", "envío a Arequipa", "es", false],
  ["tarjeta de regalo", "pago con tarjeta", "es", false],
  ["parking", "pets", "en", false],
])("%s and %s, in %s: together %s", async (one, other, language, together) => {
  await missed(one, { language });
  await missed(other, { language });
  const { groups, asked } = await read();
  expect(asked).toBe(2);
  expect(groups.map(({ n }) => n)).toEqual(together ? [2] : [1, 1]);
});

test("each group has its count, its last time and its most frequent wordings; the largest comes first", async () => {
  for (const minutes of [9, 8]) await missed("¿Tienen  parqueo?", { minutes });
  for (const [query, minutes] of [
    ["aceptan mascotas", 30],
    ["¿Aceptan mascotas?", 20],
    ["¿Aceptan mascotas?", 10],
  ] as const)
    await missed(query, { minutes });
  await missed("¿Aceptan mascotas?", { language: "pt", minutes: 40 });
  const { groups, ...rest } = await read();
  expect(rest).toEqual({ asked: 6, more: false, others: 0 });
  expect(groups).toMatchObject([
    { n: 3, language: "es", wordings: ["¿Aceptan mascotas?", "aceptan mascotas"] },
    { n: 2, language: "es", wordings: ["¿Tienen parqueo?"] },
    // Another language is another passage to write.
    { n: 1, language: "pt", wordings: ["¿Aceptan mascotas?"] },
  ]);
  expect(Math.abs(Date.now() - 10 * 60_000 - (groups[0]?.lastMs ?? 0))).toBeLessThan(60_000);
  // The same questions always make the same groups.
  expect((await read()).groups).toEqual(groups);
});

test("a turn asks once, and not at all when other words found something or it was answered anew", async () => {
  await ask(agent.tenantId, [{ query: "mascotas" }, { query: "perros y gatos" }]);
  await ask(agent.tenantId, [{ query: "garantia" }, { query: "cambio", finds: true }]);
  await missed("mascotas", { state: "overtaken" });
  await missed("nunca", { minutes: 60 * 24 * 3 });
  expect(await read()).toMatchObject({ asked: 1, groups: [{ n: 1, wordings: ["mascotas"] }] });
});

test("the 500 latest are looked at, and 50 groups are shown", async () => {
  const conversation = await makeConversation(world, { tenantId: agent.tenantId });
  const words = "abcdefghijklmnopqrstuvwxyz".split("");
  const queries = Array.from({ length: 520 }, (_, place) => {
    const [a, b] = [words[place % 26], words[Math.floor(place / 26)]];
    return `${a}${a}x${a}q ${b}z${b}w${b}${b}`;
  });
  await world.sql`
    with asked as (select query, place, gen_random_uuid() as id from jsonb_array_elements_text(${JSON.stringify(queries)}::jsonb) with ordinality q(query, place)),
    turn as (
      insert into turns (id, tenant_id, conversation_id, epoch, through_seq, state, language, started_at, ended_at)
        select id, ${agent.tenantId}::uuid, ${conversation}::uuid, 1, 1, 'answered', 'es', now(), now() from asked returning id)
    insert into tool_calls (turn_id, idempotency_key, name, input, output, ms, created_at)
      select id, 'k', 'lookup', jsonb_build_object('query', query), '{"error": "nothing found"}', 5, now() - place * interval '1 minute'
        from asked where (select count(*) from turn) > 0`;
  const { groups, asked, more, others } = await read();
  expect({ asked, more, groups: groups.length }).toEqual({ asked: 500, more: true, groups: 50 });
  expect(groups.reduce((sum, { n }) => sum + n, others)).toBe(500);
});

test("viewers see counts without words, and leave no line; agents leave one; another company sees nothing", async () => {
  await missed("¿Aceptan mascotas?");
  await ask(await makeCompany(world), [{ query: "un secreto" }]);
  const lines = () =>
    world.sql`
      select operator_id as by from audit_log where act = 'questions.look' and operator_id in (${viewer.operatorId}::uuid, ${other.operatorId}::uuid)`;
  const other = await signedInAs(world, "agent");
  const seen = await read(viewer);
  expect(seen).toMatchObject({ asked: 1, groups: [{ n: 1, language: "es", wordings: [] }] });
  expect(await lines()).toEqual([]);
  expect(JSON.stringify(await read(other))).not.toContain("secreto");
  expect(await lines()).toEqual([{ by: other.operatorId }]);
});
