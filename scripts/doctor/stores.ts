import { readdirSync } from "node:fs";
import { join } from "node:path";
import { createDatabase, type Database } from "../../db/client.ts";
import { hasCompany } from "../../db/company.ts";
import { createAdmissionCache } from "../../lib/cache/admission.ts";
import { createLog } from "../../lib/telemetry/log.ts";
import { failed, type Outcome, ok, warning } from "./finding.ts";

const MIGRATIONS = join(import.meta.dirname, "../../db/migrations");

/** Reachable, migrated, and with a company behind each business number. */
export async function checkDatabase(
  databaseUrl: string,
  phoneNumberIds: readonly string[],
): Promise<Outcome> {
  const database = createDatabase(databaseUrl);
  const startMs = performance.now();
  await database.sql`select 1`;
  const ms = Math.round(performance.now() - startMs);
  const files = readdirSync(MIGRATIONS).filter((name) => name.endsWith(".sql"));
  const applied = await appliedMigrations(database);
  const missing = files.filter((name) => !applied.has(name));
  if (missing.length > 0)
    return failed(
      `answers in ${ms} ms; ${missing.length} of ${files.length} migrations are missing`,
      "npm run migrate",
    );
  const unnamed: string[] = [];
  for (const id of phoneNumberIds) if (!(await hasCompany(database, id))) unnamed.push(id);
  if (unnamed.length > 0)
    return warning(
      `answers in ${ms} ms, up to date; no company is loaded for ${unnamed.join(", ")}`,
      `npm run company -- --number ${unnamed[0]} <folder> (demo/ shows how one looks)`,
    );
  return ok(`answers in ${ms} ms, ${files.length} migrations, company loaded`);
}

async function appliedMigrations(database: Database): Promise<Set<string>> {
  const [table] = await database.sql<{
    there: boolean;
  }>`select to_regclass('schema_migrations') is not null as there`;
  if (!table?.there) return new Set();
  const rows = await database.sql<{ name: string }>`select name from schema_migrations`;
  return new Set(rows.map((row) => row.name));
}

/** Answers a ping over the REST protocol. */
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
