import { existsSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { pg_trgm } from "@electric-sql/pglite/contrib/pg_trgm";
import { unaccent } from "@electric-sql/pglite/contrib/unaccent";
import { makePrivate, makePrivateFolder } from "../machine/private-folder.ts";
import { say } from "../machine/terminal.ts";
import { lockFolder } from "./folder-lock.ts";
import { embeddedEngine, type SqlEngine } from "./sql-engine.ts";

/** PostgreSQL inside this process. */
export interface EmbeddedPostgres {
  engine: SqlEngine;
  /** For migrations, which hold several statements each. */
  database: Pick<PGlite, "query" | "exec" | "dumpDataDir">;
  close(): Promise<void>;
}

/** Time that a process needs at most to stop and release the database. */
const HOLDER_ENDS_MS = 10_000;

/** Extensions that Neon has too. */
export const EXTENSIONS = { pg_trgm, unaccent };

/**
 * Opens the database in `dataDirectory`, creating it when new (takes seconds), or one in memory when null. Waits up to
 * `waitMs` for another process to release it. Throws an error that names the fix when it stays in use or is damaged.
 */
export async function startEmbeddedPostgres(
  dataDirectory: string | null,
  waitMs = HOLDER_ENDS_MS,
): Promise<EmbeddedPostgres> {
  const unlock = dataDirectory === null ? async () => {} : await lock(dataDirectory, waitMs);
  try {
    const database = await (dataDirectory === null
      ? PGlite.create("memory://", { extensions: EXTENSIONS })
      : open(dataDirectory));
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

async function lock(dataDirectory: string, waitMs: number): Promise<() => Promise<void>> {
  await makePrivateFolder(dirname(dataDirectory));
  const what = "the embedded database";
  return lockFolder(`${dataDirectory}.lock`, { what, waitMs, onWait: say });
}

async function open(dataDirectory: string): Promise<PGlite> {
  try {
    await removeUnfinished(dataDirectory);
    const isNew = !existsSync(dataDirectory);
    if (isNew) {
      await writeFile(markOf(dataDirectory), "");
      await makePrivateFolder(dataDirectory);
    }
    // PGlite would take seconds to say so.
    else if (!existsSync(join(dataDirectory, "PG_VERSION"))) throw new Error("it holds no database");
    await makePrivate(dataDirectory);
    const database = await PGlite.create(dataDirectory, { extensions: EXTENSIONS });
    if (isNew) await rm(markOf(dataDirectory));
    return database;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(
      `The embedded database in ${dataDirectory} cannot be opened (${reason}). If it is damaged, move that folder away; the next start creates a new one.`,
    );
  }
}

/** Marks a database under construction; one left by an interrupted start holds nothing worth keeping. */
const markOf = (dataDirectory: string): string => `${dataDirectory}.unfinished`;

async function removeUnfinished(dataDirectory: string): Promise<void> {
  if (!existsSync(markOf(dataDirectory))) return;
  await rm(dataDirectory, { recursive: true, force: true });
  await rm(markOf(dataDirectory));
}
