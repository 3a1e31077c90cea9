import { neon } from "@neondatabase/serverless";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { createDatabase, type Database } from "../../db/client.ts";
import { DatabaseError } from "../../db/error.ts";
import { type FaultyNeon, startFaultyNeon } from "../../fakes/faults/stores.ts";
import { createTestDatabase, ENGINES, type TestDatabase } from "../support/postgres.ts";
import { sample } from "../support/seed.ts";
import { codeOf, databaseContract } from "./database-contract.ts";

const PASSWORD = "p w/%:@ñ";

describe.each(sample(ENGINES, 1))("the database client in front of %s", (engineName) => {
  let kept: TestDatabase;
  let endpoint: FaultyNeon;
  let database: Database;
  beforeAll(async () => {
    kept = await createTestDatabase(engineName);
    endpoint = await startFaultyNeon({ engine: kept.engine, password: PASSWORD });
    database = createDatabase(endpoint.url);
    await database.sql`create table fruit (name text constraint fruit_once unique, eaten boolean)`;
  });
  afterEach(() => endpoint.setFault(null));
  afterAll(async () => {
    await endpoint.close();
    await kept.close();
  });

  databaseContract(() => database);

  test("takes one round trip per statement", async () => {
    const { http, statements } = endpoint.requests;
    await database.sql`with a as (insert into fruit values ('apple', true) returning name) select name from a`;
    expect(endpoint.requests).toEqual({ http: http + 1, statements: statements + 1 });
  });

  test("gives up on a database that hangs, and says when there is none", async () => {
    endpoint.setFault(() => ({ hang: true }));
    const impatient = createDatabase(`${endpoint.url}?impatient`, { timeoutMs: 50 });
    expect(await codeOf(impatient.sql`select 1`)).toBe("timeout");
    endpoint.setFault(() => ({ reset: true }));
    expect(await codeOf(database.sql`select 1`)).toBe("unreachable");
    endpoint.setFault(() => ({ status: 503 }));
    expect(await codeOf(database.sql`select 1`)).toBe("unreachable");
    endpoint.setFault(() => ({ status: 200, body: "<html>" }));
    expect(await codeOf(database.sql`select 1`)).toBe("bad_answer");
    expect(await codeOf(createDatabase("postgres://a:b@localhost:1/c").sql`select 1`)).toBe("unreachable");
  });

  test("can lose the answer of a statement that was done", async () => {
    endpoint.setFault((sql, n) =>
      n === 1 && sql.includes("insert") ? { reset: true, afterAccepting: true } : null,
    );
    expect(await codeOf(database.sql`insert into fruit values ('lost', true)`)).toBe("unreachable");
    expect(await database.sql`select name from fruit where name = 'lost'`).toEqual([{ name: "lost" }]);
  });

  test("is refused with another password, user or database", async () => {
    for (const address of [
      endpoint.url.replace("chasqui:", "someone:"),
      endpoint.url.replace(/chasqui$/, "other"),
      endpoint.url.replace(/:[^:@]+@/, ":wrong@"),
    ])
      expect(await codeOf(createDatabase(address).sql`select 1`)).toBe("28P01");
  });

  test("runs several statements together or not at all", async () => {
    const sql = neon(endpoint.url);
    const both = await sql.transaction(
      [sql`insert into fruit values ('kiwi', true)`, sql`select 7 as seven`],
      {
        isolationLevel: "Serializable",
      },
    );
    expect(both).toEqual([[], [{ seven: 7 }]]);
    const failing = sql.transaction([sql`delete from fruit`, sql`select 1 / 0`]);
    await expect(failing).rejects.toMatchObject({ code: "22012" });
    expect(await database.sql`select name from fruit where name = 'kiwi'`).toHaveLength(1);
    const readOnly = sql.transaction([sql`delete from fruit`], { readOnly: true });
    await expect(readOnly).rejects.toMatchObject({ code: "25006" });
  });

  test("knows letters beyond ASCII as letters", async () => {
    expect(await database.sql`select lower('ÑANDÚ') as lower, 'Ñ' ~ '\\w' as letter`).toEqual([
      { lower: "ñandú", letter: true },
    ]);
  });

  test("has the extensions for searching words as people write them", async () => {
    await database.sql`create extension if not exists unaccent`;
    await database.sql`create extension if not exists pg_trgm`;
    const [row] =
      await database.sql`select unaccent('envío') as plain, similarity('envio', 'envios') > 0.5 as near`;
    expect(row).toEqual({ plain: "envio", near: true });
  });
});

describe("an address that cannot be used", () => {
  test.each([
    ["secret"],
    ["mysql://me:secret@localhost/x"],
    ["postgres://me@localhost/secret"],
    ["postgres://me:secret@localhost"],
    ["postgres://me:secret@127.0.0.1/x"],
    ["postgres://me:secret%@localhost/x"],
    ["postgres://me:secret@ep-x.eu.neon.tech/x"],
  ])("is refused at once and not repeated", (address) => {
    expect(() => createDatabase(address)).toThrow(DatabaseError);
    expect(() => createDatabase(address)).not.toThrow(/secret/);
  });

  test("is not the pooled address of Neon, with any parameters", () => {
    createDatabase("postgresql://me:secret@ep-x-pooler.eu.neon.tech/x?sslmode=require");
  });
});
