import { type MigrationConnection, readChecksums } from "./connection.ts";
import { MigrationError } from "./error.ts";
import type { SchemaFiles, SqlFile } from "./files.ts";
import { replaceFunctions } from "./functions.ts";

/** Names of the applied files, in order. */
export interface Migrated {
  migrations: string[];
  functions: string[];
  /** Migrations unknown to this version, applied by a newer one; functions are then left unchanged. */
  unknown: string[];
}

/** Key of the advisory lock ("chasqui" on a phone keypad). */
const LOCK = "2427784";

const CREATE_TABLE = `create table if not exists schema_migrations (
  name text primary key, checksum text not null, applied_at timestamptz not null default now())`;

/**
 * Brings a database up to date in one transaction: applies new migrations in the order of their names, then re-creates
 * the functions whose files changed. Safe from several machines at once, also through a pooler, because the lock lasts as
 * long as the transaction. Throws MigrationError and changes nothing when a file fails.
 */
export async function migrate(connection: MigrationConnection, files: SchemaFiles): Promise<Migrated> {
  await connection.exec("begin");
  try {
    await connection.query("select pg_advisory_xact_lock($1::bigint)", [LOCK]);
    const migrated = await applyAll(connection, files);
    await connection.exec("commit");
    return migrated;
  } catch (error) {
    await connection.exec("rollback").catch(() => {});
    throw error;
  }
}

async function applyAll(
  connection: MigrationConnection,
  { migrations, functions }: SchemaFiles,
): Promise<Migrated> {
  await connection.exec(CREATE_TABLE);
  const applied = await readChecksums(connection, "schema_migrations");
  refuseOlderThan(migrations[0]?.name ?? "", applied);
  const missing = migrations.filter((file) => !isApplied(file, applied));
  for (const file of missing) await applyMigration(connection, file);
  const unknown = [...applied.keys()].filter((name) => migrations.every((file) => file.name !== name));
  return {
    migrations: missing.map(({ name }) => name),
    functions: unknown.length > 0 ? [] : await replaceFunctions(connection, functions),
    unknown,
  };
}

function refuseOlderThan(first: string, applied: ReadonlyMap<string, string>): void {
  if (applied.size === 0 || applied.has(first)) return;
  throw new MigrationError(
    `This database was made by an earlier version of Chasqui, whose migrations have since been joined into ${first}: it cannot be brought up to date, and nothing was changed. Start with a new one: for the embedded database delete the folder "postgres" in CHASQUI_DATA_DIR (.data), otherwise let POSTGRES_URL name an empty database.`,
  );
}

function isApplied({ name, checksum }: SqlFile, applied: ReadonlyMap<string, string>): boolean {
  const before = applied.get(name);
  if (before !== undefined && before !== checksum)
    throw new MigrationError(
      `${name} was changed after it had been applied: undo that, and add a new migration`,
    );
  return before !== undefined;
}

async function applyMigration(connection: MigrationConnection, { name, sql, checksum }: SqlFile) {
  try {
    await connection.exec(sql);
  } catch (error) {
    throw new MigrationError(`${name}: ${error instanceof Error ? error.message : String(error)}`);
  }
  await connection.query("insert into schema_migrations (name, checksum) values ($1, $2)", [name, checksum]);
}
