/** `npm run migrate`: brings the database at POSTGRES_URL up to date. */
import { join } from "node:path";
import { migrateServer } from "./migrate-server.ts";
import { complain, say } from "./terminal.ts";

const address = process.env.POSTGRES_URL_NON_POOLING || process.env.POSTGRES_URL;
if (!address) {
  complain(
    "POSTGRES_URL is not set: put the address of your PostgreSQL there, e.g. postgres://user:password@host/database",
  );
  process.exit(1);
}
try {
  const applied = await migrateServer(address, join(import.meta.dirname, "../db/migrations"));
  const count = applied.length === 1 ? "1 migration applied" : `${applied.length || "no"} migrations applied`;
  say(`${count}, database up to date`);
} catch (error) {
  complain(error);
  process.exit(1);
}
