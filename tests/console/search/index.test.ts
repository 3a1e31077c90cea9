import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { SearchPage } from "../../../contracts/console/inbox.ts";
import { createSearchIndex } from "../../../db/search-index.ts";
import { findInSearch } from "../../../fakes/demo/load.ts";
import { systemClock } from "../../../lib/compose/clock.ts";
import { indexMessages } from "../../../lib/jobs/index-messages.ts";
import { startWorld, type World } from "../../support/world.ts";
import { makeConversation } from "../conversations.ts";
import { type Member, signedInAs } from "../member.ts";

let world: World;
let agent: Member;
beforeAll(async () => {
  world = await startWorld();
  agent = await signedInAs(world, "agent");
});
afterAll(() => world.close());

const bringIn = (most: number): Promise<number> => createSearchIndex({ sql: world.sql }).bringIn(most);
const waiting = async (): Promise<number> => {
  const [row] = await world.sql<{ count: number }>`
    select (select count(*) from messages_to_index)::int + (
      select count(*) from messages m where not exists (select from message_words where message_id = m.id)
        and not exists (select from messages_to_index where message_id = m.id))::int as count`;
  return row?.count ?? 0;
};
const found = async (words: string): Promise<string[]> => {
  const response = await agent.post("/search", { words, after: null });
  return ((await response.json()) as SearchPage).rows.map(({ id }) => id);
};
const write = (words: string): Promise<string> =>
  makeConversation(world, { tenantId: agent.tenantId, texts: [words] });
/** Hides a conversation's words from the walk through the newest messages, so that only the index finds them. */
const bury = async (id: string) => {
  await world.sql`
  with old as (select tenant_id, created_at from messages where conversation_id = ${id}::uuid limit 1)
  insert into messages (tenant_id, conversation_id, direction, state, type, text, sent_at, created_at)
    select tenant_id, ${id}::uuid, 'in', 'received', 'text', 'ruido', now(), created_at + i * interval '1 second'
      from old, generate_series(1, 100) i`;
  await findInSearch(world);
};

describe.each(["waits to be indexed", "is indexed"])("a message that %s", (state) => {
  const settle = async () => {
    if (state === "is indexed") while ((await bringIn(1_000)) > 0);
  };
  const words = state === "is indexed" ? "zanahoria" : "remolacha";

  test("is found by its words, later ones too, and in the conversation that it moved to", async () => {
    const id = await write(words);
    await bury(id);
    await settle();
    expect(await found(words)).toEqual([id]);
    await world.sql`update messages set reading = 'berenjena ' || ${words} where conversation_id = ${id}::uuid and text = ${words}`;
    await settle();
    expect(await found(`berenjena ${words}`)).toEqual([id]);
    await world.sql`update messages set text = 'otra cosa', reading = null where conversation_id = ${id}::uuid and text = ${words}`;
    await settle();
    expect(await found(`berenjena ${words}`)).toEqual([]);
    const other = await write("vacío");
    await world.sql`update messages set conversation_id = ${other}::uuid, text = ${words} where conversation_id = ${id}::uuid and text = 'otra cosa'`;
    await bury(other);
    await settle();
    expect(await found(words)).toEqual([other]);
  });

  test("is gone from the search with its row", async () => {
    const id = await write(`borrable ${words}`);
    await settle();
    await world.sql`delete from messages where conversation_id = ${id}::uuid`;
    await settle();
    expect(await found(`borrable ${words}`)).toEqual([]);
  });
});

test("each message is brought in once, by whoever comes first, and not before it is stored for good", async () => {
  while ((await bringIn(1_000)) > 0);
  await Promise.all(Array.from({ length: 30 }, (_, i) => write(`paralelo ${i}`)));
  await expect(
    world.sql`do $$ begin
      insert into messages (tenant_id, conversation_id, direction, state, type, text, sent_at)
        select tenant_id, id, 'in', 'received', 'text', 'nunca', now() from conversations limit 1;
      raise exception 'taken back';
    end $$`,
  ).rejects.toThrow("P0001");
  expect(await waiting()).toBe(30);
  const counts = await Promise.all([bringIn(12), bringIn(12), bringIn(12)]);
  expect(counts.reduce((sum, count) => sum + count, 0) + (await waiting())).toBe(30);
  while ((await bringIn(12)) > 0);
  const [row] = await world.sql<{ count: number }>`
    select count(*)::int as count from message_words join messages on id = message_id where text like 'paralelo %'`;
  expect(row?.count).toBe(30);
});

test("many changed messages do not make the search pass over new ones", async () => {
  while ((await bringIn(1_000)) > 0);
  await Promise.all(Array.from({ length: 3 }, () => write("nuevo")));
  await world.sql`update messages set text = 'cambiado' where text like 'paralelo %'`;
  expect(await bringIn(12)).toBe(12);
  while ((await bringIn(12)) > 0);
  expect(await waiting()).toBe(0);
});

test("a status that arrives changes no word, so nothing is indexed again", async () => {
  while ((await bringIn(1_000)) > 0);
  await world.sql`update messages set state = 'dead', updated_at = now() where tenant_id = ${agent.tenantId}::uuid`;
  expect(await waiting()).toBe(0);
});

test("the job goes on until nothing waits, and a database that fails is only logged", async () => {
  await Promise.all(Array.from({ length: 3 }, () => write("trabajo")));
  const warned: string[] = [];
  const log = { debug() {}, info() {}, error() {}, warn: (event: string) => warned.push(event) };
  const clock = systemClock;
  await indexMessages({ searchIndex: createSearchIndex({ sql: world.sql }), clock, log });
  expect(await waiting()).toBe(0);
  const bringInFails = { bringIn: () => Promise.reject(new Error("away")) };
  await indexMessages({ searchIndex: bringInFails, clock, log });
  expect(warned).toEqual(["search.failed"]);
});

test("a message of a transaction that ends after a look at newer ones is found by the next look", async () => {
  while ((await bringIn(1_000)) > 0);
  const id = await write("temprano");
  const late = new pg.Client({ connectionString: world.serverUrl ?? "" });
  await late.connect();
  try {
    await late.query("begin");
    await late.query(
      `insert into messages (tenant_id, conversation_id, direction, state, type, text, sent_at)
        select tenant_id, id, 'in', 'received', 'text', 'tardío', now() from conversations where id = $1`,
      [id],
    );
    await write("después");
    while ((await bringIn(1_000)) > 0);
    await late.query("commit");
    expect(await waiting()).toBe(1);
    expect(await bringIn(1_000)).toBe(1);
    expect(await waiting()).toBe(0);
  } finally {
    await late.end();
  }
});
