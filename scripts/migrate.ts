/** `npm run migrate`: brings the database at POSTGRES_URL up to date. */
import { migrateServer } from "../db/migrate/server.ts";
import { loadDotEnv } from "../host/machine/settings.ts";
import { complain, say } from "../host/machine/terminal.ts";

loadDotEnv();
const address = process.env.POSTGRES_URL_NON_POOLING || process.env.POSTGRES_URL;
if (!address) {
  complain(
    "POSTGRES_URL is not set: set it to the address of your PostgreSQL, e.g. postgres://user:password@host/database",
  );
  process.exit(1);
}
try {
  const { migrations, functions, unknown } = await migrateServer(address);
  const count = (names: string[], what: string) =>
    `${names.length || "no"} ${what}${names.length === 1 ? "" : "s"}`;
  say(
    `${count(migrations, "migration")} applied, ${count(functions, "function")} replaced, database up to date`,
  );
  if (unknown.length > 0)
    say(
      `A newer version has migrated this database (${unknown.join(", ")}); its functions were left unchanged.`,
    );
} catch (error) {
  complain(error);
  process.exit(1);
}
