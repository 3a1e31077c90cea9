import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { MigrationError } from "./error.ts";

/** One SQL file, with Unix line ends. */
export interface SqlFile {
  /** A migration's file name (`0001_baseline.sql`), a function's own name (`receive_events`). */
  name: string;
  /** From the project's root. */
  path: string;
  sql: string;
  /** SHA-256 of the text, in hex. */
  checksum: string;
}

/** Files that define the schema. */
export interface SchemaFiles {
  /** Migrations in the order of application. */
  migrations: SqlFile[];
  /** Functions by name, one per file. */
  functions: SqlFile[];
}

/** The project's `db/`. */
const FOLDER = join(import.meta.dirname, "..");

/** Reads `migrations/*.sql` and `functions/**\/*.sql` of a folder. Throws MigrationError when they are inconsistent. */
export async function readSchemaFiles(folder = FOLDER): Promise<SchemaFiles> {
  const migrations = await readAll(folder, "migrations", (path) => path);
  if (migrations.length === 0) throw new MigrationError(`there are no .sql files in ${folder}/migrations`);
  const functions = await readAll(folder, "functions", (path) => basename(path, ".sql"));
  const twice = functions.find(({ name }, index) => functions[index - 1]?.name === name);
  if (twice) throw new MigrationError(`two files of db/functions are named ${twice.name}.sql`);
  return { migrations, functions };
}

async function readAll(
  folder: string,
  kind: "migrations" | "functions",
  nameOf: (path: string) => string,
): Promise<SqlFile[]> {
  const paths = await readdir(join(folder, kind), { recursive: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return [];
      throw error;
    },
  );
  const files = paths
    .filter((path) => path.endsWith(".sql"))
    .map(async (path) => ({
      path: `db/${kind}/${path.replaceAll("\\", "/")}`,
      ...sqlText(nameOf(path), await readFile(join(folder, kind, path), "utf8")),
    }));
  return (await Promise.all(files)).sort((a, b) => (a.name < b.name ? -1 : 1));
}

function sqlText(name: string, text: string): Omit<SqlFile, "path"> {
  const sql = text.replaceAll("\r\n", "\n");
  return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
}
