import pg from "pg";
import type { MigrationConnection } from "../../db/migrate/connection.ts";
import { startEmbeddedPostgres } from "../../host/stores/embedded-postgres.ts";
import { createDatabaseFor, type EngineName } from "../support/postgres.ts";

export interface OpenDatabase {
  connection: MigrationConnection;
  close(): Promise<void>;
}

/** An empty database, reached in the way that the runner of the migrations reaches it. */
export async function openBlank(engine: EngineName): Promise<OpenDatabase> {
  if (engine === "PGlite") {
    const { database, close } = await startEmbeddedPostgres(null);
    return { connection: database, close };
  }
  const { serverUrl, close } = await createDatabaseFor("blank", "blank");
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
