import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from "vitest";
import { startEmbeddedPostgres } from "../../local/embedded-postgres.ts";
import { migrateServer } from "../../scripts/migrate-server.ts";
import { type MigrationConnection, migrate } from "../../scripts/migrations.ts";
import { createDatabaseFor, ENGINES, type EngineName } from "../support/postgres.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "chasqui-migrations-"));
  await put("0001_first.sql", "create table one (a integer);\ninsert into one values (1);");
  await put("0002_second.sql", "create table two (b text default 'it''s; fine');");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const put = (name: string, sql: string) => writeFile(join(folder, name), sql);

interface Opened {
  connection: MigrationConnection;
  close(): Promise<void>;
}

async function open(engine: EngineName): Promise<Opened> {
  if (engine === "PGlite") {
    const { database, close } = await startEmbeddedPostgres(null);
    return { connection: database, close };
  }
  const { serverUrl, close } = await createDatabaseFor("migrations", "blank");
  const client = new pg.Client({ connectionString: serverUrl ?? "" });
  await client.connect();
  return {
    connection: { query: (text, params) => client.query(text, params), exec: (sql) => client.query(sql) },
    async close() {
      await client.end();
      await close();
    },
  };
}

describe.each(ENGINES)("migrations on %s", (engine) => {
  let opened: Opened;
  beforeAll(async () => {
    opened = await open(engine);
  });
  beforeEach(() => opened.connection.exec("drop schema public cascade; create schema public"));
  afterAll(() => opened.close());

  test("are applied once, in the order of their names, later ones later", async () => {
    const { connection } = opened;
    expect(await migrate(connection, folder)).toEqual(["0001_first.sql", "0002_second.sql"]);
    expect(await migrate(connection, folder)).toEqual([]);
    await put("0003_third.sql", "alter table one add c integer;");
    await put("notes.txt", "this is no migration");
    expect(await migrate(connection, folder)).toEqual(["0003_third.sql"]);
    expect((await connection.query("select count(*)::integer as count from one")).rows).toEqual([
      { count: 1 },
    ]);
  });

  test("leave nothing behind of a file that fails, name it, and go on once it is right", async () => {
    const { connection } = opened;
    await put("0003_third.sql", "create table three (a integer); select nonsense;");
    await expect(migrate(connection, folder)).rejects.toThrow(/^0003_third\.sql: .*nonsense/);
    await put("0003_third.sql", "create table three (a integer);");
    expect(await migrate(connection, folder)).toEqual(["0003_third.sql"]);
  });

  test("refuse a file that was changed after it had been applied, but not for its line ends", async () => {
    const { connection } = opened;
    await migrate(connection, folder);
    await put("0001_first.sql", "create table one (a integer);\r\ninsert into one values (1);");
    expect(await migrate(connection, folder)).toEqual([]);
    await put("0001_first.sql", "create table one (a bigint);");
    await expect(migrate(connection, folder)).rejects.toThrow("0001_first.sql was changed after");
  });
});

describe("migrations of a server", () => {
  test("are applied once when four machines run them at once", async () => {
    const database = await createDatabaseFor("at_once", "blank");
    await put("0001_first.sql", "create table one (a integer); select pg_sleep(0.2);");
    const all = await Promise.all([1, 2, 3, 4].map(() => migrateServer(database.serverUrl ?? "", folder)));
    expect(all.flat().sort()).toEqual(["0001_first.sql", "0002_second.sql"]);
    await database.close();
  });

  test("say what to do without ever showing the password", async () => {
    const wrong = new URL(inject("postgres").maintenanceUrl);
    wrong.password = "hunter2";
    await expect(migrateServer(wrong.href, folder)).rejects.toThrow(
      /^POSTGRES_URL: cannot connect to 127\.0\.0\.1:\d+/,
    );
    await expect(migrateServer("postgres://me:hunter2@127.0.0.1:1/x", folder)).rejects.toThrow(
      /ECONNREFUSED/,
    );
    await expect(migrateServer("hunter2", folder)).rejects.toThrow("POSTGRES_URL is not an address");
    for (const address of [wrong.href, "postgres://me:hunter2@127.0.0.1:1/x", "hunter2"])
      await expect(migrateServer(address, folder)).rejects.not.toThrow(/hunter2/);
  });
});

describe("npm run migrate", () => {
  const run = (environment: Record<string, string>) =>
    new Promise<{ code: number | null; out: string; error: string }>((resolve) => {
      const child = spawn(process.execPath, ["--import", "tsx", "scripts/migrate.ts"], {
        env: { PATH: process.env.PATH ?? "", ...environment },
      });
      const said = { out: "", error: "" };
      child.stdout.on("data", (chunk) => (said.out += chunk));
      child.stderr.on("data", (chunk) => (said.error += chunk));
      child.on("close", (code) => resolve({ code, ...said }));
    });

  test("brings an empty database up to date, then finds nothing to do", async () => {
    const database = await createDatabaseFor("command", "blank");
    const first = await run({ POSTGRES_URL: database.serverUrl ?? "" });
    expect(first).toMatchObject({ code: 0, error: "" });
    expect(first.out).toMatch(/^\d+ migrations applied, database up to date\n$/);
    const second = await run({
      POSTGRES_URL: "postgres://nowhere",
      POSTGRES_URL_NON_POOLING: database.serverUrl ?? "",
    });
    expect(second).toEqual({ code: 0, out: "no migrations applied, database up to date\n", error: "" });
    await database.close();
  });

  test("names POSTGRES_URL when it is not set", async () => {
    const { code, error } = await run({});
    expect(code).toBe(1);
    expect(error).toMatch(/^POSTGRES_URL is not set/);
  });
});
