import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from "vitest";
import { migrate } from "../../db/migrate/migrate.ts";
import { migrateServer } from "../../db/migrate/server.ts";
import { createDatabaseFor, ENGINES } from "../support/postgres.ts";
import { runToEnd } from "../support/program.ts";
import { sample } from "../support/seed.ts";
import { type OpenDatabase, openBlank } from "./blank.ts";
import { createSchemaFolder, type SchemaFolder } from "./schema-files.ts";

let folder: SchemaFolder;
beforeEach(async () => {
  folder = await createSchemaFolder();
  await put("0001_first.sql", "create table one (a integer);\ninsert into one values (1);");
  await put("0002_second.sql", "create table two (b text default 'it''s; fine');");
});
afterEach(() => folder.close());

const put = (name: string, sql: string) => folder.put(`migrations/${name}`, sql);

describe.each(sample(ENGINES, 1))("migrations on %s", (engine) => {
  let opened: OpenDatabase;
  beforeAll(async () => {
    opened = await openBlank(engine);
  });
  const apply = async () => (await migrate(opened.connection, await folder.read())).migrations;
  beforeEach(() => opened.connection.exec("drop schema public cascade; create schema public"));
  afterAll(() => opened.close());

  test("are applied once, in the order of their names, later ones later", async () => {
    expect(await apply()).toEqual(["0001_first.sql", "0002_second.sql"]);
    expect(await apply()).toEqual([]);
    await put("0003_third.sql", "alter table one add c integer;");
    await put("notes.txt", "this is no migration");
    expect(await apply()).toEqual(["0003_third.sql"]);
    expect((await opened.connection.query("select count(*)::integer as count from one")).rows).toEqual([
      { count: 1 },
    ]);
  });

  test("leave nothing behind of a file that fails, name it, and go on once it is right", async () => {
    await put("0003_third.sql", "create table three (a integer); select nonsense;");
    await expect(apply()).rejects.toThrow(/^0003_third\.sql: .*nonsense/);
    await put("0003_third.sql", "create table three (a integer);");
    expect(await apply()).toEqual(["0001_first.sql", "0002_second.sql", "0003_third.sql"]);
  });

  test("refuse a file that was changed after it had been applied, but not for its line ends", async () => {
    await apply();
    await put("0001_first.sql", "create table one (a integer);\r\ninsert into one values (1);");
    expect(await apply()).toEqual([]);
    await put("0001_first.sql", "create table one (a bigint);");
    await expect(apply()).rejects.toThrow("0001_first.sql was changed after");
  });

  test("leave a database from before they were joined into one as it is, and say what to do", async () => {
    await folder.remove("migrations/0001_first.sql");
    await put("0002_second.sql", "create table one (a integer)");
    await apply();
    await folder.remove("migrations/0002_second.sql");
    await put("0001_baseline.sql", "create table one (a integer, b integer)");
    await expect(apply()).rejects.toThrow(
      /earlier version .* joined into 0001_baseline\.sql.*nothing was changed.*delete the folder "postgres" in CHASQUI_DATA_DIR/,
    );
    const { rows } = await opened.connection.query("select name from schema_migrations");
    expect(rows).toEqual([{ name: "0002_second.sql" }]);
  });
});

describe("migrations of a server", () => {
  test("are applied once when four machines run them at once", async () => {
    const database = await createDatabaseFor("at_once", "blank");
    await put("0001_first.sql", "create table one (a integer); select pg_sleep(0.2);");
    await folder.put(
      "functions/one.sql",
      "create or replace function one() returns int language sql as 'select 1'",
    );
    const files = await folder.read();
    const all = await Promise.all([1, 2, 3, 4].map(() => migrateServer(database.serverUrl ?? "", files)));
    expect(all.flatMap(({ migrations }) => migrations).sort()).toEqual(["0001_first.sql", "0002_second.sql"]);
    expect(all.flatMap(({ functions }) => functions)).toEqual(["one"]);
    await database.close();
  });

  test("say what to do without ever showing the password", async () => {
    const wrong = new URL(inject("postgres").maintenanceUrl);
    wrong.password = "hunter2";
    await expect(migrateServer(wrong.href)).rejects.toThrow(
      /^POSTGRES_URL: cannot connect to 127\.0\.0\.1:\d+/,
    );
    await expect(migrateServer("postgres://me:hunter2@127.0.0.1:1/x")).rejects.toThrow(/ECONNREFUSED/);
    await expect(migrateServer("hunter2")).rejects.toThrow("POSTGRES_URL is not an address");
    for (const address of [wrong.href, "postgres://me:hunter2@127.0.0.1:1/x", "hunter2"])
      await expect(migrateServer(address)).rejects.not.toThrow(/hunter2/);
  });
});

describe("npm run migrate", () => {
  const run = (environment: Record<string, string>) => runToEnd("scripts/migrate.ts", [], environment);

  test("brings an empty database up to date, then finds nothing to do", async () => {
    const database = await createDatabaseFor("command", "blank");
    const first = await run({ POSTGRES_URL: database.serverUrl ?? "" });
    expect(first).toMatchObject({ code: 0, stderr: "" });
    expect(first.stdout).toMatch(/^\d+ migrations? applied, \d+ functions replaced, database up to date\n$/);
    const second = await run({
      POSTGRES_URL: "postgres://nowhere",
      POSTGRES_URL_NON_POOLING: database.serverUrl ?? "",
    });
    const stdout = "no migrations applied, no functions replaced, database up to date\n";
    expect(second).toEqual({ code: 0, stdout, stderr: "" });
    await database.close();
  });

  test("names POSTGRES_URL when it is not set", async () => {
    const { code, stderr } = await run({});
    expect(code).toBe(1);
    expect(stderr).toMatch(/^POSTGRES_URL is not set/);
  });
});
