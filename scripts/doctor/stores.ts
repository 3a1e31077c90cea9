import { createDatabase, type Database } from "../../db/client.ts";
import { hasCompany } from "../../db/company.ts";
import { readSchemaFiles, type SqlFile } from "../../db/migrate/files.ts";
import { createAdmissionCache } from "../../lib/cache/admission.ts";
import { createLog } from "../../lib/telemetry/log.ts";
import { failed, type Outcome, ok, warning } from "./finding.ts";

/** Checks that the database is reachable and migrated, and has a company for each business number. */
export async function checkDatabase(
  databaseUrl: string,
  phoneNumberIds: readonly string[],
): Promise<Outcome> {
  const database = createDatabase(databaseUrl);
  const startMs = performance.now();
  await database.sql`select 1`;
  const ms = Math.round(performance.now() - startMs);
  const { migrations, functions } = await readSchemaFiles();
  const missing = await missingFrom(database, "migrations", migrations);
  const outdated = await missingFrom(database, "functions", functions);
  if (missing + outdated > 0)
    return failed(
      `answers in ${ms} ms; missing: ${missing} of ${migrations.length} migrations, ${outdated} of ${functions.length} functions`,
      "npm run migrate",
    );
  const unnamed: string[] = [];
  for (const id of phoneNumberIds) if (!(await hasCompany(database, id))) unnamed.push(id);
  if (unnamed.length > 0)
    return warning(
      `answers in ${ms} ms, up to date; no company is loaded for ${unnamed.join(", ")}`,
      `npm run company -- --number ${unnamed[0]} <folder> (see demo/ for an example)`,
    );
  return ok(
    `answers in ${ms} ms, ${migrations.length} migrations, ${functions.length} functions, company loaded`,
  );
}

/** Number of files that the database lacks, or has with another text. */
async function missingFrom(
  database: Database,
  what: "migrations" | "functions",
  files: readonly SqlFile[],
): Promise<number> {
  const [table] = await database.sql<{
    there: boolean;
  }>`select to_regclass(${`schema_${what}`}) is not null as there`;
  if (!table?.there) return files.length;
  const rows = await (what === "migrations"
    ? database.sql<{ checksum: string }>`select checksum from schema_migrations`
    : database.sql<{ checksum: string }>`select checksum from schema_functions`);
  const present = new Set(rows.map(({ checksum }) => checksum));
  return files.filter(({ checksum }) => !present.has(checksum)).length;
}

/** Checks that the cache answers a ping over REST. */
export async function checkCache(url: string, token: string): Promise<Outcome> {
  const cache = createAdmissionCache({
    url,
    token,
    rateLimit: { max: 20, windowS: 60 },
    timeoutMs: 5_000,
    log: createLog("error"),
  });
  const startMs = performance.now();
  await cache.ping();
  return ok(`answers in ${Math.round(performance.now() - startMs)} ms`);
}
