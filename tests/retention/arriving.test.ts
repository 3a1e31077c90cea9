import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { createSocketDatabase, type SocketDatabase } from "../../host/stores/postgres-sockets.ts";
import { inbound, inShort, OUR_NUMBER } from "../store/support.ts";
import { emptyTables } from "../support/empty-tables.ts";
import { createDatabaseFor, type TestDatabase } from "../support/postgres.ts";

/** Webhooks and a purge in real connections of their own, each stopped where the other is in its way. */
let testDatabase: TestDatabase;
let purger: pg.Client;
let database: SocketDatabase;
let db: ReturnType<typeof inShort>;

beforeAll(async () => {
  testDatabase = await createDatabaseFor("arriving");
  const serverUrl = testDatabase.serverUrl ?? "";
  purger = new pg.Client({ connectionString: serverUrl, application_name: "purger" });
  await purger.connect();
  database = createSocketDatabase(serverUrl, { timeoutMs: 30_000 });
  db = inShort(database);
});
afterAll(async () => {
  await purger.end();
  await database.close();
  await testDatabase.close();
});

/** People of whom nothing is left, the first of them quiet for the shortest time. */
const quietPeople = (count: number) => database.sql`
  with number as (insert into tenants (phone_number_id) values (${OUR_NUMBER}) returning id),
  people as (
    insert into customers (tenant_id, phone, name, created_at)
      select id, (51900000000 + n)::text, 'Ana', now() - interval '999 days' from number, generate_series(1, ${count}::int) n
      returning id, tenant_id, phone)
  insert into conversations (tenant_id, customer_id, window_ends_at, created_at)
    select tenant_id, id, now() - (400 + right(phone, 5)::int / 1e5) * interval '1 day', now() - interval '999 days' from people`;
beforeEach(() => quietPeople(1));
afterEach(async () => {
  await purger.query("rollback");
  await emptyTables(database);
});

const purge = async () => (await purger.query("select purge_batch(365, 100000) as purged")).rows[0]?.purged;
const FROM = "51900000001";
const message = (over = {}) => inbound({ from: FROM, ...over });
const stored = async () =>
  (
    await database.sql<{
      id: string;
    }>`select wa_message_id as id from messages join conversations c on c.id = conversation_id
    join customers u on u.id = c.customer_id`
  ).map(({ id }) => id);
/** Resolves when somebody waits for a lock of the purger's. */
const somebodyWaits = async () => {
  const waiting = () =>
    database.sql`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
  while ((await waiting()).length === 0) await new Promise(setImmediate);
};

const arrivals = {
  "by the name that is known": () => message(),
  "by another name": () => message({ profileName: "Anita" }),
  "with a user id that is new": () => message({ fromUserId: "PE.1" }),
  "in a group": () => message({ groupId: "g" }),
};
const kinds = Object.keys(arrivals) as (keyof typeof arrivals)[];

test.each(kinds)(
  "a message %s that meets a purge waits for it, and its person is there anew",
  async (kind) => {
    const arriving = arrivals[kind]();
    await purger.query("begin");
    expect(await purge()).toMatchObject({ customers: 1 });
    const received = db.receive([arriving], [], { startsTurn: kind !== "in a group" });
    await somebodyWaits();
    await purger.query("commit");
    expect(await received).toMatchObject({ stored: 1 });
    expect(await stored()).toEqual([arriving.waMessageId]);
  },
);

test.each(kinds)("a message %s that meets a purge which is undone finds its person", async (kind) => {
  const arriving = arrivals[kind]();
  const [before] = await database.sql`select id from customers`;
  await purger.query("begin");
  expect(await purge()).toMatchObject({ customers: 1 });
  const received = db.receive([arriving], [], { startsTurn: kind !== "in a group" });
  await somebodyWaits();
  await purger.query("rollback");
  expect(await received).toMatchObject({ stored: 1 });
  expect(await database.sql`select id from customers`).toEqual([before]);
});

test("the turn that a webhook begins at that moment is of the new person's", async () => {
  await purger.query("begin");
  await purge();
  const claim = { turnId: crypto.randomUUID(), leaseMs: 30_000 };
  const received = db.receive([message()], [], {}, { claim });
  await somebodyWaits();
  await purger.query("commit");
  const begun = (await received).startedTurn;
  const [person] = await database.sql`select id from customers`;
  expect(begun).toMatchObject({ turnId: claim.turnId, customer: person });
});

test("a call that meets a purge waits for it, and opens the window of the person anew", async () => {
  await purger.query("begin");
  await purge();
  const call = { phoneNumberId: OUR_NUMBER, from: FROM, fromUserId: null, timestampMs: Date.now() };
  const received = db.receive([], [], {}, { calls: [call] });
  await somebodyWaits();
  await purger.query("commit");
  await received;
  expect(await database.sql`select from conversations where window_ends_at > now()`).toHaveLength(1);
});

test.each([
  ["the person's record is found", "select ensure_customer((select id from tenants), array[$1], null, null)"],
  [
    "the conversation is held",
    "select from conversations c join customers u on u.id = c.customer_id where phone = $1 for update of c",
  ],
])("a purge passes over a person when %s by a webhook that is not done yet", async (_what, statement) => {
  const webhook = new pg.Client({ connectionString: testDatabase.serverUrl ?? "" });
  await webhook.connect();
  await webhook.query("begin");
  await webhook.query(statement, [FROM]);
  expect(await purge()).toMatchObject({ customers: 0 });
  await webhook.query("commit");
  await webhook.end();
  expect(await purge()).toMatchObject({ customers: 1 });
});

test("what is said in a group while a purge looks through thousands is not deleted with its person", async () => {
  await emptyTables(database);
  await quietPeople(4_000);
  const said = Array.from({ length: 40 }, (_each, n) =>
    inbound({ from: `${51900000001 + n}`, groupId: "g" }),
  );
  const purged = purge();
  for (const each of said) await db.receive([each], [], { startsTurn: false });
  await purged;
  expect((await stored()).sort()).toEqual(said.map(({ waMessageId }) => waMessageId).sort());
});
