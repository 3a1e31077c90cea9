import pg from "pg";
import { MigrationError } from "./error.ts";
import { readSchemaFiles, type SchemaFiles } from "./files.ts";
import { type Migrated, migrate } from "./migrate.ts";

const CONNECT_TIMEOUT_MS = 10_000;

/**
 * Runs `migrate` over its own connection to a PostgreSQL server, by default with the project's files. Errors name the
 * variable, never the password.
 */
export async function migrateServer(connectionString: string, files?: SchemaFiles): Promise<Migrated> {
  const client = connect(connectionString);
  // A connection lost while idle also fails the next query, which handles it.
  client.on("error", () => {});
  try {
    await client.connect();
  } catch (error) {
    throw new Error(`POSTGRES_URL: cannot connect to ${hostOf(connectionString)} (${reasonOf(error)})`);
  }
  try {
    const query = (text: string, params?: string[]) => client.query<Record<string, unknown>>(text, params);
    return await migrate({ query, exec: (sql) => client.query(sql) }, files ?? (await readSchemaFiles()));
  } catch (error) {
    throw error instanceof MigrationError ? error : new Error(`POSTGRES_URL: ${reasonOf(error)}`);
  } finally {
    await client.end().catch(() => {});
  }
}

function connect(connectionString: string): pg.Client {
  if (!URL.canParse(connectionString) || !/^postgres(ql)?:$/.test(new URL(connectionString).protocol))
    throw new Error(
      "POSTGRES_URL is not an address: write it as postgres://user:password@host:5432/database",
    );
  return new pg.Client({ connectionString, connectionTimeoutMillis: CONNECT_TIMEOUT_MS });
}

function hostOf(connectionString: string): string {
  const { host, pathname } = new URL(connectionString);
  return `${host}${pathname}`;
}

/** A name with several addresses gives an AggregateError without a message. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors[0] instanceof Error) return error.errors[0].message;
  return error instanceof Error ? error.message : String(error);
}
