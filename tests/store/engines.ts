import { createDatabase, type Database } from "../../db/client.ts";
import { ENGINES as NAMES } from "../support/postgres.ts";
import { startStores } from "../support/stores.ts";

/** A busy machine is no dead database. */
const PATIENCE_MS = 30_000;

/** Both engines behind the endpoint that the bot speaks to: the same suite runs on each. */
export const ENGINES = NAMES.map(
  (name) =>
    [
      name,
      async (): Promise<{ database: Database; close: () => Promise<void> }> => {
        const stores = await startStores({ engine: name });
        return { database: createDatabase(stores.databaseUrl, PATIENCE_MS), close: stores.close };
      },
    ] as const,
);
