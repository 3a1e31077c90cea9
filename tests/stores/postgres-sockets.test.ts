import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { createSocketDatabase, type SocketDatabase } from "../../host/stores/postgres-sockets.ts";
import { createDatabaseFor, type TestDatabase } from "../support/postgres.ts";
import { startTcpProxy, type TcpProxy } from "../support/tcp-proxy.ts";
import { codeOf, databaseContract } from "./database-contract.ts";

let kept: TestDatabase;
let address: URL;
let database: SocketDatabase;
beforeAll(async () => {
  kept = await createDatabaseFor("sockets", "blank");
  address = new URL(kept.serverUrl ?? "");
  database = createSocketDatabase(address.href);
  await database.sql`create table fruit (name text constraint fruit_once unique, eaten boolean)`;
});
afterAll(async () => {
  await database.close();
  await kept.close();
});

describe("the database over sockets", () => {
  databaseContract(() => database);

  test("prepares each statement once per connection", async () => {
    const one = createSocketDatabase(address.href, { maxConnections: 1 });
    for (const n of [1, 2, 3]) expect(await one.sql`select ${n}::integer as n`).toEqual([{ n }]);
    const prepared = await one.sql`
      select statement from pg_prepared_statements where statement = 'select $1::integer as n'`;
    expect(prepared).toHaveLength(1);
    await one.close();
  });

  test("goes on without names where a pooler or a migration has taken a prepared statement away", async () => {
    const one = createSocketDatabase(address.href, { maxConnections: 1 });
    const double = (n: number) => one.sql`select ${n}::integer * 2 as n`;
    expect(await double(1)).toEqual([{ n: 2 }]);
    await one.sql`deallocate all`;
    expect(await double(2)).toEqual([{ n: 4 }]);
    expect(await double(3)).toEqual([{ n: 6 }]);
    await one.close();
  });

  test("reads a table whose columns changed since the statement was prepared", async () => {
    await database.sql`create table shelf (a integer)`;
    const all = () => database.sql`select * from shelf`;
    await all();
    await database.sql`alter table shelf alter column a type text`;
    await database.sql`insert into shelf values ('new')`;
    // As many as there are connections that may have prepared it.
    for (let time = 0; time < 10; time++) expect(await all()).toEqual([{ a: "new" }]);
  });

  test("keeps its connection after a statement that failed", async () => {
    const one = createSocketDatabase(address.href, { maxConnections: 1 });
    const pid = () => one.sql`select pg_backend_pid() as pid`;
    const before = await pid();
    expect(await codeOf(one.sql`select 1 / ${0}::integer`)).toBe("22012");
    expect(await pid()).toEqual(before);
    await one.close();
  });
});

describe("a database that fails", () => {
  let wire: TcpProxy;
  let far: SocketDatabase;
  const over = (timeoutMs?: number) => {
    const way = new URL(address);
    way.port = String(wire.port);
    return createSocketDatabase(way.href, timeoutMs === undefined ? {} : { timeoutMs });
  };
  beforeAll(async () => {
    wire = await startTcpProxy(Number(address.port));
    far = over();
  });
  afterEach(() => wire.mend());
  afterAll(async () => {
    await far.close();
    await wire.close();
  });

  test("is unreachable at once when it is not there, and used again when it is back", async () => {
    expect(await far.sql`select 1 as one`).toEqual([{ one: 1 }]);
    await wire.cut();
    expect(await codeOf(far.sql`select 1 as one`)).toBe("unreachable");
    await wire.mend();
    expect(await far.sql`select 1 as one`).toEqual([{ one: 1 }]);
  });

  test("fails the statement that was under way when the connection was cut, and may have done it", async () => {
    const slow = codeOf(far.sql`insert into fruit select 'cut' from pg_sleep(60)`);
    await expect.poll(() => kept.engine.run(sleeping), { timeout: 5_000 }).toMatchObject({ rows: [["1"]] });
    await wire.cut();
    expect(await slow).toBe("unreachable");
  });

  test("that ended our connections is connected to anew", async () => {
    await Promise.all([far.sql`select 1`, far.sql`select 2`]);
    await kept.engine.run({
      query:
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
      params: [],
    });
    await expect.poll(() => codeOf(far.sql`select 1`), { timeout: 5_000 }).toBe("no error");
  });

  test("costs no more than the time for a statement when it says nothing, and is used again when it is back", async () => {
    const impatient = over(300);
    expect(await impatient.sql`select 1 as one`).toEqual([{ one: 1 }]);
    wire.silence();
    // More than there are connections: one that is waited for counts too.
    const all = await Promise.all(Array.from({ length: 15 }, () => codeOf(impatient.sql`select 1`)));
    expect(new Set(all)).toEqual(new Set(["timeout"]));
    await wire.mend();
    expect(await impatient.sql`select 1 as one`).toEqual([{ one: 1 }]);
    await impatient.close();
  });

  test("is refused with another password or database, and neither is repeated", async () => {
    for (const [part, value, code] of [
      ["password", "wrong-secret", "28P01"],
      ["pathname", "/no-such-secret", "3D000"],
    ] as const) {
      const other = new URL(address);
      other[part] = value;
      const stranger = createSocketDatabase(other.href);
      const error: unknown = await stranger.sql`select 1`.catch((thrown) => thrown);
      expect(error).toMatchObject({ name: "DatabaseError", code });
      expect(String(error)).not.toContain("secret");
      await stranger.close();
    }
  });
});

const sleeping = {
  query: "select count(*) from pg_stat_activity where query like 'insert%pg_sleep(60)%' and state = 'active'",
  params: [],
};
