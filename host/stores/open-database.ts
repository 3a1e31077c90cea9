import { createDatabase, type Database } from "../../db/client.ts";
import type { Teardown } from "../machine/lifecycle.ts";
import { provideStores } from "./stores.ts";

/** Opens the bot's database at `POSTGRES_URL`. Throws an error that names the variable when it is unset. */
export async function openDatabase(environment: NodeJS.ProcessEnv, teardown: Teardown): Promise<Database> {
  if (!environment.POSTGRES_URL?.trim()) {
    throw new Error("POSTGRES_URL is not set: set it to the bot's database (docs/configuration.md).");
  }
  const stores = await provideStores(environment, { embed: false, dataDirectory: null, teardown });
  return createDatabase(stores.environment.POSTGRES_URL ?? "");
}
