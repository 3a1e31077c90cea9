import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** What the runner needs of a database: `pg` and PGlite both have it. One connection, not a pool. */
export interface MigrationConnection {
  query(text: string, params?: string[]): Promise<{ rows: Record<string, unknown>[] }>;
  /** Several statements at once. */
  exec(sql: string): Promise<unknown>;
}

/** A migration that failed, or one that was changed after it had been applied. */
export class MigrationError extends Error {
  override readonly name = "MigrationError";
}

/** The advisory lock: any number that nobody else uses ("chasqui" on a telephone keypad). */
const LOCK = "2427784";

const CREATE_TABLE = `create table if not exists schema_migrations (
  name text primary key, checksum text not null, applied_at timestamptz not null default now())`;

/**
 * Applies the `*.sql` files of a folder that were not applied yet, in the order of their names, each in its own
 * transaction; gives the names applied. Safe at once from several machines, also through a pooler: the lock lives
 * as long as the transaction.
 */
export async function migrate(connection: MigrationConnection, folder: string): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".sql")).sort();
  if (names.length === 0) throw new MigrationError(`there are no .sql files in ${folder}`);
  await locked(connection, () => connection.exec(CREATE_TABLE));
  const applied: string[] = [];
  for (const name of names) {
    const sql = (await readFile(join(folder, name), "utf8")).replaceAll("\r\n", "\n");
    if (await locked(connection, () => applyOnce(connection, name, sql))) applied.push(name);
  }
  return applied;
}

async function applyOnce(connection: MigrationConnection, name: string, sql: string): Promise<boolean> {
  const checksum = createHash("sha256").update(sql).digest("hex");
  const { rows } = await connection.query("select checksum from schema_migrations where name = $1", [name]);
  if (rows[0]) {
    if (rows[0].checksum === checksum) return false;
    throw new MigrationError(
      `${name} was changed after it had been applied: undo that, and add a new migration`,
    );
  }
  try {
    await connection.exec(sql);
  } catch (error) {
    throw new MigrationError(`${name}: ${error instanceof Error ? error.message : String(error)}`);
  }
  await connection.query("insert into schema_migrations (name, checksum) values ($1, $2)", [name, checksum]);
  return true;
}

async function locked<T>(connection: MigrationConnection, work: () => Promise<T>): Promise<T> {
  await connection.exec("begin");
  try {
    await connection.query("select pg_advisory_xact_lock($1::bigint)", [LOCK]);
    const result = await work();
    await connection.exec("commit");
    return result;
  } catch (error) {
    await connection.exec("rollback").catch(() => {});
    throw error;
  }
}
