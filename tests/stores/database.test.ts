import { neon } from "@neondatabase/serverless";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { createDatabase, type Database } from "../../db/client.ts";
import { DatabaseError } from "../../db/error.ts";
import { type NeonEndpoint, startNeonEndpoint } from "../../local/neon.ts";
import { createTestDatabase, ENGINES, type TestDatabase } from "../support/postgres.ts";

const PASSWORD = "p w/%:@ñ";

describe.each(ENGINES)("the database client in front of %s", (engineName) => {
  let kept: TestDatabase;
  let endpoint: NeonEndpoint;
  let database: Database;
  beforeAll(async () => {
    kept = await createTestDatabase(engineName);
    endpoint = await startNeonEndpoint({ engine: kept.engine, password: PASSWORD });
    database = createDatabase(endpoint.url);
    await database.sql`create table fruit (name text constraint fruit_once unique, eaten boolean)`;
  });
  afterEach(() => endpoint.setFault(null));
  afterAll(async () => {
    await endpoint.close();
    await kept.close();
  });

  const codeOf = (work: Promise<unknown>) =>
    work.then(
      () => "no error",
      (error) => (error instanceof DatabaseError ? error.code : error),
    );

  test("gives values back as it promises", async () => {
    const text = `"'\\ {},$1 ñandú 🎉\n`;
    const rows = await database.sql`select ${text} as text, ${-7}::integer as integer, 1.5::float8 as float,
      ${true}::boolean as yes, ${false}::boolean as no, ${null}::text as nothing, 9007199254740993 as big,
      1.10::numeric as exact, ${JSON.stringify({ a: [text] })}::jsonb as json, '2026-01-02T03:04:05Z'::timestamptz as at,
      array[1, 2] as list, array[]::text[] as empty, '\\xff'::bytea is not null as bytes`;
    expect(rows).toEqual([
      {
        text,
        integer: -7,
        float: 1.5,
        yes: true,
        no: false,
        nothing: null,
        big: "9007199254740993",
        exact: "1.10",
        json: { a: [text] },
        at: new Date("2026-01-02T03:04:05Z"),
        list: [1, 2],
        empty: [],
        bytes: true,
      },
    ]);
  });

  test("takes one round trip per statement", async () => {
    const { http, statements } = endpoint.requests;
    await database.sql`with a as (insert into fruit values ('apple', true) returning name) select name from a`;
    expect(endpoint.requests).toEqual({ http: http + 1, statements: statements + 1 });
  });

  test("carries a megabyte each way", async () => {
    const text = "ñ".repeat(1_000_000);
    expect(await database.sql`select ${text} as text`).toEqual([{ text }]);
  });

  test("passes on the state and the constraint of an error, and no value", async () => {
    await database.sql`insert into fruit values ('51987654321', false)`;
    const error: unknown = await database.sql`insert into fruit values (${"51987654321"}, false)`.catch(
      (thrown) => thrown,
    );
    expect(error).toMatchObject({ code: "23505", message: "database: 23505 (fruit_once)" });
    expect(JSON.stringify(error) + String(error)).not.toContain("51987654321");
    const invalid: unknown = await database.sql`select ${"51987654321"}::uuid`.catch((thrown) => thrown);
    expect(String(invalid)).toBe("DatabaseError: database: 22P02");
    expect(String(await database.sql`select colour from fruit`.catch((thrown) => thrown))).toContain(
      '"colour"',
    );
  });

  test("goes on after errors of every phase", async () => {
    expect(await codeOf(database.sql`selec 1`)).toBe("42601");
    expect(await codeOf(database.sql`select ${"x"}::integer`)).toBe("22P02");
    expect(await codeOf(database.sql`select 1 / ${0}::integer`)).toBe("22012");
    expect(await database.sql`select 1 as one`).toEqual([{ one: 1 }]);
  });

  test("gives up on a database that hangs, and says when there is none", async () => {
    endpoint.setFault(() => ({ hang: true }));
    const impatient = createDatabase(`${endpoint.url}?impatient`, 50);
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

  test("answers many at once, each with its own", async () => {
    const numbers = Array.from({ length: 100 }, (_, index) => index);
    const answers = await Promise.all(
      numbers.map((n) => database.sql<{ n: number }>`select ${n}::integer as n`),
    );
    expect(answers.map(([row]) => row?.n)).toEqual(numbers);
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
