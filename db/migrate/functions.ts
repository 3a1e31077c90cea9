import { type MigrationConnection, readChecksums } from "./connection.ts";
import { MigrationError } from "./error.ts";
import type { SqlFile } from "./files.ts";

const CREATE_TABLE =
  "create table if not exists schema_functions (name text primary key, checksum text not null)";

/** SQLSTATE of `create or replace` with another return type, other parameter names or fewer defaults. */
const INVALID_FUNCTION_DEFINITION = "42P13";

/**
 * Creates each function whose file is new or changed and drops those whose file is gone; returns the names of the created
 * ones. Call it inside a transaction. Throws MigrationError for a changed signature, because an old deployment may still
 * call it.
 */
export async function replaceFunctions(
  connection: MigrationConnection,
  files: readonly SqlFile[],
): Promise<string[]> {
  await connection.exec(CREATE_TABLE);
  const existing = await readChecksums(connection, "schema_functions");
  const changed = files.filter(({ name, checksum }) => existing.get(name) !== checksum);
  const gone = [...existing.keys()].filter((name) => files.every((file) => file.name !== name));
  // Lets a body in SQL refer to a function that is created later.
  await connection.exec("set local check_function_bodies = off");
  for (const name of gone) await drop(connection, name);
  for (const file of changed) await create(connection, file);
  const names = changed.map(({ name }) => name);
  await refuseOverloads(connection, names);
  await connection.query(
    `insert into schema_functions (name, checksum)
       select name, checksum from jsonb_to_recordset($1::jsonb) as x (name text, checksum text)
       on conflict (name) do update set checksum = excluded.checksum`,
    [JSON.stringify(changed)],
  );
  return names;
}

async function create(connection: MigrationConnection, { name, sql }: SqlFile): Promise<void> {
  try {
    await connection.exec(sql);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === INVALID_FUNCTION_DEFINITION)
      throw signatureChanged(name, error.message);
    throw new MigrationError(`${name}.sql: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function drop(connection: MigrationConnection, name: string): Promise<void> {
  const { rows } = await connection.query(
    `select oid::regprocedure::text as signature from pg_proc
       where proname = $1 and pronamespace = current_schema()::regnamespace`,
    [name],
  );
  try {
    for (const { signature } of rows) await connection.exec(`drop function ${signature}`);
    await connection.query("delete from schema_functions where name = $1", [name]);
  } catch (error) {
    throw new MigrationError(`${name}.sql is gone, but ${error instanceof Error ? error.message : error}`);
  }
}

/** With other parameter types, `create or replace` keeps the old function next to the new one. */
async function refuseOverloads(connection: MigrationConnection, names: readonly string[]): Promise<void> {
  const { rows } = await connection.query(
    `select name, count(proname)::integer as count from jsonb_array_elements_text($1::jsonb) name
       left join pg_proc on proname = name and pronamespace = current_schema()::regnamespace
       group by name having count(proname) <> 1 order by name`,
    [JSON.stringify(names)],
  );
  const [wrong] = rows;
  if (wrong?.count === 0) throw new MigrationError(`${wrong.name}.sql creates no function of that name`);
  if (wrong) throw signatureChanged(String(wrong.name), "its parameters changed");
}

function signatureChanged(name: string, reason: string): MigrationError {
  return new MigrationError(
    `${name}.sql: ${reason}. An old deployment may still call ${name} as it was: give the new one a new name and a file of its own, and delete the old file in the next release (docs/schema.md). In a database that only you use, drop the function and migrate again.`,
  );
}
