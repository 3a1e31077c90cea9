import { isDeepStrictEqual } from "node:util";
import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Counts } from "../../contracts/console/inbox.ts";
import type { ConversationState, ThreadMessage } from "../../contracts/console/thread.ts";
import type { RunningServer } from "../../host/server/server.ts";
import { gate } from "../support/gate.ts";
import { SEED } from "../support/seed.ts";
import { startWorld, type World } from "../support/world.ts";
import { type Member, signedInAs } from "./member.ts";
import { type Connection, connect, startConsole } from "./stream.ts";

let world: World;
let server: RunningServer;
let ana: Member;
let luis: Member;
beforeAll(async () => {
  world = await startWorld({ endpoints: true });
  server = await startConsole(world);
  ana = await signedInAs(world, "agent", "Ana");
  luis = await signedInAs(world, "viewer", "Luis");
});
afterAll(async () => {
  await server.close();
  await world.close();
  expect(world.errors).toEqual([]);
});

const opened: Connection[] = [];
async function open(member: Member, opening: Parameters<typeof connect>[2] = {}): Promise<Connection> {
  const connection = await connect(server.url, member, opening);
  opened.push(connection);
  return connection;
}
// Also behind a failure, so that no page of one test is counted in the next.
afterEach(async () => {
  await Promise.all(opened.splice(0).map((connection) => connection.cut()));
});

let phones = 51_900_000_000;
/** A customer with a conversation, which the bot has answered. */
async function conversation() {
  phones += 1;
  const customer = world.customer(String(phones));
  await customer.send("hola");
  await customer.waitForReply();
  await world.drain();
  const [row] = await world.sql<{ id: string }>`
    select c.id from conversations c join customers u on u.id = c.customer_id where u.phone = ${customer.phone}`;
  return { customer, id: row?.id ?? "" };
}

/** The newest copy of each message that came. */
const thread = (connections: readonly Connection[]): Map<string, ThreadMessage> =>
  new Map(
    connections.flatMap((each) => each.all("messages").map((message) => [message.id, message] as const)),
  );

test("a message, its row, its turn, the reply and its ticks come by themselves", async () => {
  const { customer, id } = await conversation();
  const page = await open(ana, { conversation: id });
  const list = await open(luis);
  expect(page.response.headers.get("cache-control")).toContain("no-store");
  await page.until(() => page.lastId !== null);
  await list.until(() => list.lastId !== null);
  await customer.send("¿a qué hora abren?");
  await customer.waitForReply(2);
  await world.drain();
  const reply = () => [...thread([page]).values()].find(({ direction }) => direction === "out");
  await page.until(
    () => reply()?.status === "read" && page.all("turns").some(({ state }) => state === "answered"),
  );
  expect([...thread([page]).values()].map(({ direction }) => direction)).toContain("in");
  await list.until(() => list.all("rows").some((row) => row.id === id && row.unread === 2));
  // Whoever has only the list open gets no thread.
  expect(list.all("messages")).toEqual([]);
  await page.cut();
  await list.cut();
});

test("what stands beside the thread comes too, as the page writes it", async () => {
  const { customer, id } = await conversation();
  const page = await open(ana, { conversation: id });
  await page.until(() => page.lastId !== null);
  const around = () => page.events.findLast(({ name }) => name === "conversation")?.data as ConversationState;
  await customer.send("quiero hablar con una persona");
  await page.until(() => around()?.customer.handoffs.length === 1);
  expect(around().customer).toMatchObject({
    name: "Ana",
    phone: expect.stringMatching(/^\+51 9\d\d \d{3} \d{3}$/),
  });
  expect((await ana.post(`/conversations/${id}/take`, {})).status).toBe(200);
  await page.until(() => around().customer.handoffs[0]?.takenBy?.name === "Ana");
  expect((await ana.post(`/conversations/${id}/close`, {})).status).toBe(200);
  await page.until(() => around().customer.csat.length === 1 && around().handoff === null);
  await world.drain();
});

test("the counts come at once, and again when they change", async () => {
  const { customer } = await conversation();
  const page = await open(ana);
  const counts = () => page.events.filter(({ name }) => name === "counts").map(({ data }) => data);
  await page.until(() => counts().length === 1);
  await customer.send("quiero hablar con una persona");
  await page.until(() => counts().length === 2);
  await world.drain();
  expect(counts()[1]).toMatchObject({ waiting: 1, mine: 0 });
  await page.cut();
});

test("a snooze that ends by time puts the row and the counts on open pages", async () => {
  const { id } = await conversation();
  const page = await open(ana);
  await page.until(() => page.lastId !== null);
  const row = () => page.all("rows").findLast((one) => one.id === id);
  const snoozed = () => page.events.findLast(({ name }) => name === "counts")?.data;
  expect((await ana.post(`/conversations/${id}/snooze`, { until: Date.now() + 60_000 })).status).toBe(200);
  await world.sql`update conversations set snoozed_until = clock_timestamp() + interval '1.5 seconds' where id = ${id}::uuid`;
  await page.until(() => row()?.snoozedUntil);
  const before = row()?.changedAt ?? 0;
  await page.until(() => row()?.snoozedUntil === null);
  expect(row()?.changedAt).toBeGreaterThan(before);
  await page.until(() => isDeepStrictEqual(snoozed(), { ...(snoozed() as Counts), snoozed: 0 }));
});

describe("a page that comes back", () => {
  test("is told to read everything again when its place is too old, or of another database", async () => {
    const { id } = await conversation();
    for (const lastId of [`${Date.now() - 601_000}-700`, `${Date.now()}-99999999`]) {
      const page = await open(ana, { conversation: id, lastId });
      await page.until(() => page.events.length > 0);
      expect(page.events[0]).toEqual({ name: "reset", data: {} });
      await page.cut();
    }
    const page = await open(ana, { lastId: "'; drop table messages; --" });
    await page.until(() => page.lastId !== null);
    expect(page.events.map(({ name }) => name)).toEqual(["counts"]);
    await page.cut();
  });

  test(`gets everything once, whatever is committed in which order and wherever it is cut (SEED=${SEED})`, async () => {
    const { id } = await conversation();
    const random = randomOf(SEED);
    const rows = [(await conversation()).id, (await conversation()).id, (await conversation()).id];
    const writers = await Promise.all(rows.map((rowId) => startWriter(id, rowId)));
    let page = await open(ana, { conversation: id });
    await page.until(() => page.lastId !== null);
    const pages = [page];
    let { lastId } = page;
    for (let step = 0; step < 60; step += 1) {
      const writer = writers[Math.floor(random() * writers.length)];
      await writer?.step(random);
      if (random() < 0.25) {
        await page.cut();
        lastId = page.lastId ?? lastId;
        page = await open(ana, { conversation: id, lastId });
        pages.push(page);
        if (random() < 0.7) await page.until(() => page.lastId !== null);
      }
    }
    const committed = await Promise.all(writers.map((writer) => writer.end()));
    const written = committed.flat();
    await page.until(() => written.every((messageId) => thread(pages).has(messageId)));
    for (const [at, rowId] of rows.entries()) {
      const [row] = await world.sql<{ at: number }>`
        select epoch_ms(changed_at)::float8 as at from conversations where id = ${rowId}::uuid`;
      const newest = () =>
        pages.flatMap((each) => each.all("rows").flatMap((own) => (own.id === rowId ? [own.changedAt] : [])));
      // What was rolled back is no change.
      if (committed[at]?.length === 0) expect(newest()).toEqual([]);
      else await page.until(() => newest().includes(row?.at ?? 0));
    }
    for (const each of pages) {
      const ids = each.all("messages").map((message) => message.id);
      expect(new Set(ids).size).toBe(ids.length);
      expect(each.events.map(({ name }) => name)).not.toContain("reset");
    }
    await page.cut();
  });
});

function randomOf(seed: number): () => number {
  let state = seed + 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

/** A connection that writes messages, and changes a row of its own, in transactions that it ends late. */
async function startWriter(conversationId: string, rowId: string) {
  const client = new pg.Client({ connectionString: world.serverUrl ?? "" });
  await client.connect();
  const committed: string[] = [];
  let pending: string[] | null = null;
  const finish = async (commit: boolean) => {
    await client.query(commit ? "commit" : "rollback");
    if (commit) committed.push(...(pending ?? []));
    pending = null;
  };
  return {
    async step(random: () => number) {
      if (pending === null) {
        pending = [];
        await client.query("begin");
        return;
      }
      if (random() < 0.4) return finish(random() < 0.8);
      // In a subtransaction too, which has an id of its own.
      if (random() < 0.3) await client.query("savepoint inner_one");
      const { rows } = await client.query<{ id: string }>(
        `insert into messages (tenant_id, conversation_id, direction, author, state, type, text, sent_at)
           select tenant_id, id, 'in', 'customer', 'received', 'text', 'x', now() from conversations where id = $1 returning id`,
        [conversationId],
      );
      pending.push(...rows.map(({ id }) => id));
      await client.query("update conversations set changed_at = clock_timestamp() where id = $1", [rowId]);
    },
    async end() {
      if (pending !== null) await finish(true);
      await client.end();
      return committed;
    },
  };
}

test("a session that is revoked, and a membership that ends, end their streams", async () => {
  for (const end of [
    (member: Member) => world.sql`delete from sessions where operator_id = ${member.operatorId}::uuid`,
    (member: Member) => world.sql`delete from memberships where operator_id = ${member.operatorId}::uuid`,
  ]) {
    const member = await signedInAs(world, "viewer");
    const page = await open(member);
    await page.until(() => page.lastId !== null);
    await end(member);
    await page.ended;
    expect([401, 404]).toContain((await open(member)).response.status);
  }
});

test("nothing of another company comes, and its conversations do not exist", async () => {
  const [other] = await world.sql<{ id: string; conversation: string }>`
    with tenant as (insert into tenants (phone_number_id, profile) values ('999', '{"name": "Other"}') returning id),
      customer as (insert into customers (tenant_id, phone) select id, '51911111111' from tenant returning id, tenant_id)
    insert into conversations (tenant_id, customer_id) select tenant_id, id from customer
      returning tenant_id as id, id as conversation`;
  const { conversation: foreign = "", id: tenantId = "" } = other ?? {};
  const page = await open(ana, { conversation: foreign });
  await page.until(() => page.lastId !== null);
  await world.sql`update conversations set changed_at = clock_timestamp() where id = ${foreign}::uuid`;
  await world.sql`
    insert into messages (tenant_id, conversation_id, direction, state, type, text, sent_at)
      values (${tenantId}::uuid, ${foreign}::uuid, 'in', 'received', 'text', 'secret', now())`;
  const { id } = await conversation();
  await page.until(() => page.all("rows").some((row) => row.id === id));
  const own = await world.sql<{
    id: string;
  }>`select id from conversations where tenant_id = ${ana.tenantId}::uuid`;
  expect(own.map((each) => each.id)).toEqual(expect.arrayContaining(page.all("rows").map((row) => row.id)));
  expect(page.all("messages")).toEqual([]);
  expect((await open({ ...ana, tenantId })).response.status).toBe(404);
  expect((await ana.post(`/conversations/${foreign}/presence`, { typing: true })).status).toBe(404);
  await page.cut();
});

describe("a hidden page", () => {
  /** Rounds of the hidden pages, counted where they ask the cache. */
  const rounds = async (count: number): Promise<void> => {
    const enough = gate();
    let left = count;
    world.upstash.setFault((body) => {
      if (body.includes("chasqui:queue") && --left <= 0) enough.open();
      return null;
    });
    await enough.promise;
    world.upstash.setFault(null);
  };
  const counts = (page: Connection) => page.events.filter(({ name }) => name === "counts");

  test("costs the database nothing until a customer waits", async () => {
    const { customer, id } = await conversation();
    const luisa = await signedInAs(world, "agent", "Luisa");
    const page = await open(ana, { quiet: true, conversation: crypto.randomUUID() });
    await page.until(() => counts(page).length === 1);
    const before = world.neon.requests.statements;
    await rounds(5);
    expect(world.neon.requests.statements).toBe(before);
    await customer.send("quiero hablar con una persona");
    await page.until(() => counts(page).length === 2);
    await world.drain();
    // A colleague takes it: the badge of the tab goes down again.
    const waiting = () => (counts(page).at(-1)?.data as Counts | undefined)?.waiting ?? 0;
    const most = waiting();
    expect((await luisa.post(`/conversations/${id}/take`, {})).status).toBe(200);
    await page.until(() => waiting() === most - 1);
    await world.drain();
    expect(new Set(page.events.map(({ name }) => name))).toEqual(new Set(["counts"]));
    // It comes back, and has seen everything: nothing is asked but its session.
    await page.cut();
    const again = world.neon.requests.statements;
    const back = await open(ana, { quiet: true, lastId: page.lastId });
    await rounds(3);
    expect(world.neon.requests.statements).toBe(again + 1);
    expect(back.events).toEqual([]);
    await back.cut();
  });

  test("hears of a snooze that ends, and of a snoozed conversation whose customer writes", async () => {
    const { customer, id } = await conversation();
    const luisa = await signedInAs(world, "agent", "Luisa");
    await customer.send("quiero hablar con una persona");
    await world.drain();
    const page = await open(ana, { quiet: true });
    await page.until(() => counts(page).length === 1);
    const waiting = () => (counts(page).at(-1)?.data as Counts | undefined)?.waiting ?? 0;
    const most = waiting();
    const until = Date.now() + 3_600_000;
    const snooze = () => luisa.post(`/conversations/${id}/snooze`, { until });
    expect((await snooze()).status).toBe(200);
    await page.until(() => waiting() === most - 1);
    // The time goes along in the page's place, so that another process knows it too.
    const [place = "", endsMs] = page.lastId?.split(/\.(?=\d+$)/) ?? [];
    expect(Math.abs(Number(endsMs) - until)).toBeLessThan(5_000);
    await page.cut();
    await world.sql`update conversations set snoozed_until = clock_timestamp() where id = ${id}::uuid`;
    const before = world.neon.requests.statements;
    const back = await open(ana, { quiet: true, lastId: `${place}.${Date.now()}` });
    await back.until(() => counts(back).length === 1);
    expect(counts(back).at(-1)?.data).toMatchObject({ waiting: most });
    await rounds(3);
    expect(world.neon.requests.statements).toBe(before + 2);
    await back.cut();

    const last = await open(ana, { quiet: true });
    await last.until(() => counts(last).length === 1);
    expect((await luisa.post(`/conversations/${id}/snooze`, { until: Date.now() + 3_600_000 })).status).toBe(
      200,
    );
    await last.until(() => counts(last).length === 2);
    await customer.send("¿hay alguien?");
    await last.until(() => counts(last).length === 3);
    expect(counts(last).map(({ data }) => (data as Counts).waiting)).toEqual([most, most - 1, most]);
    await last.cut();
    await world.drain();
  });

  test("asks the database once a minute while the cache is away", async () => {
    world.upstash.setFault((body) => (body.includes("chasqui:queue") ? { status: 503 } : null));
    const page = await open(ana, { quiet: true });
    await page.until(() => counts(page).length === 1);
    await world.sql`update conversations set flagged_at = now() where tenant_id = ${ana.tenantId}::uuid`;
    const before = world.neon.requests.statements;
    await page.until(() => counts(page).length === 2);
    expect(world.neon.requests.statements).toBe(before + 1);
    world.upstash.setFault(null);
    await page.cut();
  });

  test("says nothing to a session that has ended", async () => {
    const member = await signedInAs(world, "viewer");
    const page = await open(member, { quiet: true });
    await page.until(() => counts(page).length === 1);
    await world.sql`delete from sessions where operator_id = ${member.operatorId}::uuid`;
    await (await conversation()).customer.send("quiero hablar con una persona");
    await page.ended;
    expect(counts(page)).toHaveLength(1);
    await world.drain();
  });
});

test("a database that is away is said to be, and nothing is lost", async () => {
  const { customer, id } = await conversation();
  const page = await open(ana, { conversation: id });
  await page.until(() => page.lastId !== null);
  world.neon.setFault((body) => (body.includes("console_changes") ? { status: 503 } : null));
  await customer.send("¿a qué hora abren?");
  await page.until(() => page.events.at(-1)?.name === "stalled");
  const { length } = page.events;
  await world.drain();
  expect(page.events).toHaveLength(length);
  world.neon.setFault(null);
  await page.until(() => page.all("messages").some(({ direction }) => direction === "in"));
  await page.cut();
});

test("a server that stops lets its pages go at once, and they go on at another", async () => {
  const { customer, id } = await conversation();
  const first = await startConsole(world);
  const page = await connect(first.url, ana, { conversation: id });
  await page.until(() => page.lastId !== null);
  await Promise.all([first.close(), page.ended]);
  await customer.send("¿a qué hora abren?");
  await world.drain();
  const back = await open(ana, { conversation: id, lastId: page.lastId });
  await back.until(() => back.all("messages").some(({ direction }) => direction === "in"));
  await back.cut();
});

test("two operators see each other, and who of them types", async () => {
  const { id } = await conversation();
  const eva = await signedInAs(world, "agent", "Eva");
  const one = await open(ana, { conversation: id });
  const two = await open(eva, { conversation: id });
  // A second page of the same person is no second person.
  const twice = await open(eva, { conversation: id });
  await twice.until(() => twice.lastId !== null);
  const seen = (page: Connection) => page.events.filter(({ name }) => name === "presence").at(-1)?.data;
  const of = ({ operatorId }: Member, name: string, typing: boolean) => [
    { operator: { id: operatorId, name }, typing },
  ];
  await one.until(() => isDeepStrictEqual(seen(one), of(eva, "Eva", false)));
  await two.until(() => isDeepStrictEqual(seen(two), of(ana, "Ana", false)));
  expect((await eva.post(`/conversations/${id}/presence`, { typing: true })).status).toBe(204);
  await one.until(() => isDeepStrictEqual(seen(one), of(eva, "Eva", true)));
  expect((await eva.post(`/conversations/${id}/presence`, { typing: false })).status).toBe(204);
  await one.until(() => isDeepStrictEqual(seen(one), of(eva, "Eva", false)));
  expect((await luis.post(`/conversations/${id}/presence`, { typing: true })).status).toBe(403);
  await one.cut();
  await two.cut();
  await twice.cut();
});

test("one operator has a bounded number of pages", async () => {
  const member = await signedInAs(world, "viewer");
  const pages = await Promise.all(Array.from({ length: 20 }, () => open(member)));
  expect((await open(member)).response.status).toBe(429);
  await pages[0]?.cut();
  await Promise.all(pages.map((page) => page.cut()));
});
