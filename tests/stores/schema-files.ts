import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { readSchemaFiles, type SchemaFiles } from "../../db/migrate/files.ts";

/** A folder like `db/`, for schemas of a test's own. */
export interface SchemaFolder {
  put(path: string, sql: string): Promise<void>;
  remove(path: string): Promise<void>;
  read(): Promise<SchemaFiles>;
  close(): Promise<void>;
}

/** An empty folder. */
export async function createSchemaFolder(): Promise<SchemaFolder> {
  const folder = await mkdtemp(join(tmpdir(), "chasqui-schema-"));
  return {
    async put(path, sql) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), sql);
    },
    remove: (path) => rm(join(folder, path)),
    read: () => readSchemaFiles(folder),
    close: () => rm(folder, { recursive: true }),
  };
}
