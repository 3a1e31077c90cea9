import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile, rename, writeFile } from "node:fs/promises";
import { PGlite } from "@electric-sql/pglite";
import pg from "pg";
import { inject } from "vitest";
import { readSchemaFiles } from "../../db/migrate/files.ts";
import { migrate } from "../../db/migrate/migrate.ts";
import { EXTENSIONS, startEmbeddedPostgres } from "../../host/stores/embedded-postgres.ts";
import { embeddedEngine, type SqlEngine, serverEngine } from "../../host/stores/sql-engine.ts";

/** The two kinds of PostgreSQL that the same suites run on. */
export const ENGINES = ["PostgreSQL", "PGlite"] as const;

export type EngineName = (typeof ENGINES)[number];

/**
 * For the pages that `npm run dev` shows too, on PGlite: PGlite in CI. Elsewhere the server, which takes a tenth of the time:
 * PGlite is WebAssembly.
 */
export const demoEngine: EngineName = process.env.CI ? "PGlite" : "PostgreSQL";

/** A database of a test's own. */
export interface TestDatabase {
  /** Server behind the loopback Neon endpoint. */
  engine: SqlEngine;
  /** `postgres://` of the real server; null for PGlite, which has none. */
  serverUrl: string | null;
  /** Drops everything. */
  close(): Promise<void>;
}

/** A fresh migrated database. */
export function createTestDatabase(engine: EngineName): Promise<TestDatabase> {
  return engine === "PostgreSQL" ? createDatabaseFor("test") : createEmbeddedDatabase();
}

/** A copy of the migrated template on this run's real server (`blank`: an empty database instead). */
export async function createDatabaseFor(
  name: string,
  from: "migrated" | "blank" = "migrated",
): Promise<TestDatabase> {
  const { maintenanceUrl, template } = inject("postgres");
  const database = `${name.replaceAll(/\W/g, "_").toLowerCase()}_${randomBytes(6).toString("hex")}`;
  await order(
    maintenanceUrl,
    `create database ${database} template ${from === "blank" ? "template0" : template}`,
  );
  const url = new URL(maintenanceUrl);
  url.pathname = `/${database}`;
  const engine = serverEngine(url.href);
  return {
    engine,
    serverUrl: url.href,
    async close() {
      await engine.close();
      await order(maintenanceUrl, `drop database ${database} with (force)`);
    },
  };
}

/** A migrated PGlite in memory. */
async function createEmbeddedDatabase(): Promise<TestDatabase> {
  const { pgliteImage } = inject("postgres");
  const image = (await readImage(pgliteImage)) ?? (await writeImage(pgliteImage));
  const database = await PGlite.create("memory://", { extensions: EXTENSIONS, loadDataDir: image });
  const engine = embeddedEngine(database);
  return { engine, serverUrl: null, close: engine.close };
}

async function readImage(path: string): Promise<Blob | null> {
  return existsSync(path) ? new Blob([await readFile(path)]) : null;
}

/** Making a PGlite takes five times as long as loading one, so the run's first file that needs one leaves it for the others. */
async function writeImage(path: string): Promise<Blob> {
  const { database, close } = await startEmbeddedPostgres(null);
  await migrate(database, await readSchemaFiles());
  const image = await database.dumpDataDir("none");
  await close();
  const own = `${path}.${process.pid}`;
  await writeFile(own, Buffer.from(await image.arrayBuffer()));
  await rename(own, path);
  return image;
}

async function order(maintenanceUrl: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: maintenanceUrl });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
