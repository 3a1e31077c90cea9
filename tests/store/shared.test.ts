import pg from "pg";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createSocketDatabase, type SocketDatabase } from "../../host/stores/postgres-sockets.ts";
import { emptyTables } from "../support/empty-tables.ts";
import { createDatabaseFor, type TestDatabase } from "../support/postgres.ts";
import { runs } from "../support/seed.ts";
import { accepted, inbound, inShort, textPart } from "./support.ts";

/** Statements that many calls share: what each is told and leaves behind is its own. */
let server: TestDatabase;
let database: SocketDatabase;
let db: ReturnType<typeof inShort>;
let statements = 0;

beforeAll(async () => {
  server = await createDatabaseFor("shared");
  database = createSocketDatabase(server.serverUrl ?? "", { timeoutMs: 30_000 });
  db = inShort({
    shared: true,
    sql: (strings, ...values) => {
      statements += 1;
      return database.sql(strings, ...values);
    },
  });
});
afterAll(async () => {
  await database.close();
  await server.close();
});
beforeEach(async () => {
  await emptyTables(database);
  statements = 0;
});

const claims = () => ({ claim: { turnId: crypto.randomUUID(), leaseMs: 30_000 } });

test("sixty people who write at once are each stored, claimed, answered and let go, in few statements", async () => {
  const people = Array.from({ length: 60 }, (_, index) => String(51_900_100_000 + index));
  const received = await Promise.all(
    people.map((from) => db.receive([inbound({ from, text: `from ${from}` })], [], {}, claims())),
  );
  const held = received.map(({ startedTurn: claim }, index) => {
    expect(claim?.pending.map(({ text }) => text)).toEqual([`from ${people[index]}`]);
    expect(claim?.customer.phone).toBe(people[index]);
    if (!claim) throw new Error("not claimed");
    return claim;
  });
  const parts = held.map(() => textPart("¡Hola!"));
  const drafts = await Promise.all(
    held.map((claim, index) => db.draft(claim, { parts: parts.slice(index, index + 1) })),
  );
  expect(drafts.every(({ outcome }) => outcome === "send")).toBe(true);
  const finished = await Promise.all(
    held.map((claim, index) => db.finish(claim, [accepted(parts[index]?.id ?? "", `wamid.out.${index}`)])),
  );
  expect(finished.every(({ leaseHeld, hasUnread }) => leaseHeld && !hasUnread)).toBe(true);
  const [left] = await database.sql<{ open: number; sent: number }>`
    select (select count(*)::int from conversations where received_seq > answered_seq or lease_expires_at is not null) as open,
           (select count(*)::int from messages where direction = 'out' and state = 'sent') as sent`;
  expect(left).toEqual({ open: 0, sent: 60 });
  expect(statements).toBeLessThan(60);
});

test("what PostgreSQL refuses to one is refused to that one alone", async () => {
  const good = Array.from({ length: 5 }, () => inbound());
  const bad = inbound({ timestampMs: 1e17 });
  const answers = await Promise.allSettled(
    [...good.slice(0, 3), bad, ...good.slice(3)].map((message) => db.receive([message])),
  );
  expect(answers.map(({ status }) => status)).toEqual([
    ...["fulfilled", "fulfilled", "fulfilled"],
    ...["rejected", "fulfilled", "fulfilled"],
  ]);
  const [row] = await database.sql<{ stored: number }>`select count(*)::int as stored from messages`;
  expect(row?.stored).toBe(5);
});

test("of one person's messages that come at once, one starts the turn and the others stay unread", async () => {
  const from = "51900200000";
  const messages = Array.from({ length: 12 }, () => inbound({ from }));
  const received = await Promise.all(messages.map((message) => db.receive([message], [], {}, claims())));
  const [claim, another] = received.flatMap(({ startedTurn }) => startedTurn ?? []);
  expect(another).toBeUndefined();
  if (!claim) throw new Error("not claimed");
  expect(await db.draft(claim)).toEqual({ outcome: "overtaken" });
  const again = await db.claim(claim.conversationId);
  expect(again.pending.map(({ waMessageId }) => waMessageId).sort()).toEqual(
    messages.map(({ waMessageId }) => waMessageId).sort(),
  );
});

test("a conversation that somebody keeps locked holds up nobody else for long, and is refused", async () => {
  const locked = inbound();
  const { conversationIds } = await db.receive([locked]);
  await database.sql`alter function receive_events(jsonb) set lock_timeout = '200ms'`;
  const keeper = new pg.Client({ connectionString: server.serverUrl ?? "" });
  await keeper.connect();
  await keeper.query("begin");
  await keeper.query("select from conversations where id = $1 for update", conversationIds);
  const others = ["51900300001", "51900300002", "51900300003"].map((from) => inbound({ from }));
  const answers = Promise.allSettled(
    [...others.slice(0, 1), inbound({ from: locked.from }), ...others.slice(1)].map((message) =>
      db.receive([message]),
    ),
  );
  expect((await answers).map(({ status }) => status)).toEqual([
    ...["fulfilled", "rejected"],
    ...["fulfilled", "fulfilled"],
  ]);
  await keeper.query("rollback");
  await keeper.end();
});

test("two processes that want the same conversations in another order both get their answers", async () => {
  const other = createSocketDatabase(server.serverUrl ?? "", { timeoutMs: 30_000 });
  const second = inShort(other);
  const people = Array.from({ length: 24 }, (_, index) => String(51_900_400_000 + index));
  const rounds = runs(8);
  for (let round = 0; round < rounds; round++) {
    const received = await Promise.all(
      people.map((from) => db.receive([inbound({ from })], [], {}, claims())),
    );
    const held = received.flatMap(({ startedTurn }) => startedTurn ?? []);
    expect(held).toHaveLength(people.length);
    await Promise.all(held.map((claim) => db.draft(claim, { parts: [] })));
    // The one lets them go, the other stores what they write at that very moment.
    const [finished] = await Promise.all([
      Promise.all(held.map((claim) => db.finish(claim))),
      Promise.all(people.toReversed().map((from) => second.receive([inbound({ from })]))),
    ]);
    expect(finished.every((one) => one.leaseHeld)).toBe(true);
    for (const { conversationId } of held) await second.finish(await second.claim(conversationId));
  }
  const [row] = await other.sql<{ open: number; messages: number }>`
    select (select count(*)::int from conversations where received_seq > answered_seq) as open,
           (select count(*)::int from messages where direction = 'in' and turn_id is not null) as messages`;
  expect(row).toEqual({ open: 0, messages: people.length * 2 * rounds });
  await other.close();
});

test("two processes that book one number's throughput never wait for each other in a circle", async () => {
  const other = createSocketDatabase(server.serverUrl ?? "", { timeoutMs: 30_000 });
  const second = inShort({
    shared: true,
    sql: (strings, ...values) => {
      statements += 1;
      return other.sql(strings, ...values);
    },
  });
  await db.receive([inbound()]);
  await database.sql`update tenants set throughput = 1000`;
  statements = 0;
  for (let round = 0; round < 5; round++) {
    const writing = [db, second].flatMap((store, process) =>
      Array.from({ length: 64 }, (_, index) =>
        store.receive([inbound({ from: String(51_900_500_000 + process * 100 + index) })]),
      ),
    );
    await Promise.all(writing);
  }
  // A circle would be broken by PostgreSQL, and each call of the statement asked again alone.
  expect(statements).toBeLessThan(60);
  await other.close();
});
