import { createDatabase, type Database } from "../../db/client.ts";
import { createSocketDatabase } from "../../host/stores/postgres-sockets.ts";
import { createDatabaseFor, ENGINES as NAMES } from "../support/postgres.ts";
import { startStores } from "../support/stores.ts";

/** A busy machine is no dead database. */
const PATIENCE_MS = 30_000;

type Open = () => Promise<{ database: Database; close: () => Promise<void> }>;

/** Both engines behind the endpoint that the bot speaks to: the same suite runs on each. */
const BEHIND_ENDPOINT = NAMES.map(
  (name) =>
    [
      name,
      async () => {
        const stores = await startStores({ engine: name });
        return { database: createDatabase(stores.databaseUrl, PATIENCE_MS), close: stores.close };
      },
    ] as const satisfies [string, Open],
);

/** Without one, as with `npm start`: calls that come together share a statement. */
const BY_SOCKETS = [
  "PostgreSQL by sockets",
  async () => {
    const { serverUrl, close } = await createDatabaseFor("sockets");
    const database = createSocketDatabase(serverUrl ?? "", { timeoutMs: PATIENCE_MS });
    return { database, close: () => database.close().then(close) };
  },
] as const satisfies [string, Open];

export const ENGINES: readonly (readonly [string, Open])[] = [...BEHIND_ENDPOINT, BY_SOCKETS];
