/** `npm run schema`: writes `db/schema.sql` from a new database with all of `db/migrations` and `db/functions`. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { readSchemaFiles } from "../db/migrate/files.ts";
import { migrate } from "../db/migrate/migrate.ts";
import { describeSchema } from "../db/migrate/schema.ts";
import { say } from "../host/machine/terminal.ts";
import { startEmbeddedPostgres } from "../host/stores/embedded-postgres.ts";

const { database, close } = await startEmbeddedPostgres(null);
const files = await readSchemaFiles();
await migrate(database, files);
await writeFile(join(import.meta.dirname, "../db/schema.sql"), await describeSchema(database, files));
await close();
say("Wrote db/schema.sql.");
