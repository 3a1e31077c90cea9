import { join } from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { migrateServer } from "../../db/migrate/server.ts";
import { type Compiled, compileProject } from "./compiled.ts";
import { startPostgresServer } from "./postgres-server.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** `postgres://` addresses of this run's server: one to give orders to, one that holds the migrated template. */
    postgres: {
      maintenanceUrl: string;
      template: string;
      /** Data of a migrated PGlite, once a test has needed one. */
      pgliteImage: string;
    };
    compiled: Pick<Compiled, "folder">;
  }
}

const TEMPLATE = "chasqui_template";

/** Starts one PostgreSQL for the whole run, with a migrated database that each test file copies; compiles the project. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const compiled = await compileProject();
  project.provide("compiled", { folder: compiled.folder });
  const server = await startPostgresServer();
  try {
    await createTemplate(server.url("postgres"), server.url(TEMPLATE));
  } catch (error) {
    await server.stop();
    throw error;
  }
  project.provide("postgres", {
    maintenanceUrl: server.url("postgres"),
    template: TEMPLATE,
    pgliteImage: join(server.folder, "pglite.tar"),
  });
  return async () => {
    compiled.remove();
    await server.stop();
  };
}

async function createTemplate(maintenanceUrl: string, templateUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: maintenanceUrl });
  await client.connect();
  // Rows that a test deletes keep their place, so that new ones come after them.
  await client.query("alter system set autovacuum = off");
  await client.query("select pg_reload_conf()");
  await client.query(`create database ${TEMPLATE}`);
  await client.end();
  await migrateServer(templateUrl);
}
