import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { pg_trgm } from "@electric-sql/pglite/contrib/pg_trgm";
import { unaccent } from "@electric-sql/pglite/contrib/unaccent";
import { lockFile } from "./lock-file.ts";
import { embeddedEngine, type SqlEngine } from "./sql-engine.ts";

/** PostgreSQL inside this process. */
export interface EmbeddedPostgres {
  engine: SqlEngine;
  /** For the migrations, which are more than one statement each. */
  database: Pick<PGlite, "query" | "exec">;
  close(): Promise<void>;
}

/**
 * Opens the database kept in `dataDirectory`, creating it when new (seconds), or one in memory when null. Throws
 * an error that says what to do when another process has it open or it is damaged.
 */
export async function startEmbeddedPostgres(dataDirectory: string | null): Promise<EmbeddedPostgres> {
  const unlock = dataDirectory === null ? async () => {} : await lock(dataDirectory);
  try {
    const database = await open(dataDirectory);
    const engine = embeddedEngine(database);
    const close = async () => {
      await engine.close();
      await unlock();
    };
    return { engine, database, close };
  } catch (error) {
    await unlock();
    throw error;
  }
}

async function lock(dataDirectory: string): Promise<() => Promise<void>> {
  await mkdir(dirname(dataDirectory), { recursive: true });
  return lockFile(`${dataDirectory}.lock`, "The embedded database");
}

async function open(dataDirectory: string | null): Promise<PGlite> {
  const extensions = { pg_trgm, unaccent };
  try {
    return await PGlite.create({ dataDir: dataDirectory ?? "memory://", extensions });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    if (dataDirectory === null) throw error;
    throw new Error(
      `The embedded database in ${dataDirectory} cannot be opened (${reason}). If it is damaged, move that folder away: a new one is made.`,
    );
  }
}
