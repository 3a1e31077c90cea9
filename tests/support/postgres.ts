import { randomBytes } from "node:crypto";
import pg from "pg";
import { inject } from "vitest";
import { readSchemaFiles } from "../../db/migrate/files.ts";
import { migrate } from "../../db/migrate/migrate.ts";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "../../host/stores/embedded-postgres.ts";
import { type SqlEngine, serverEngine } from "../../host/stores/sql-engine.ts";

/** The two kinds of PostgreSQL that the same suites run on. */
export const ENGINES = ["PostgreSQL", "PGlite"] as const;

export type EngineName = (typeof ENGINES)[number];

/** A database of a test's own. */
export interface TestDatabase {
  /** What the loopback Neon endpoint is put in front of. */
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

/** A migrated PGlite in memory: takes seconds, so one per test file. */
async function createEmbeddedDatabase(): Promise<TestDatabase> {
  const { engine, database, close }: EmbeddedPostgres = await startEmbeddedPostgres(null);
  await migrate(database, await readSchemaFiles());
  return { engine, serverUrl: null, close };
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
