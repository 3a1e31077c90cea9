import { createDatabase, type Database } from "../../db/client.ts";
import type { Teardown } from "../machine/lifecycle.ts";
import { provideStores } from "./stores.ts";

/** The bot's database as `POSTGRES_URL` names it. Throws an error that names the variable when it is unset. */
export async function openDatabase(environment: NodeJS.ProcessEnv, teardown: Teardown): Promise<Database> {
  if (!environment.POSTGRES_URL?.trim()) {
    throw new Error("POSTGRES_URL is missing: set it to the database of the bot (docs/configuration.md).");
  }
  const stores = await provideStores(environment, { embed: false, dataDirectory: null, teardown });
  return createDatabase(stores.environment.POSTGRES_URL ?? "");
}
