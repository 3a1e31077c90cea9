import { afterAll, beforeAll, beforeEach, describe } from "vitest";
import { createDatabase, type Database } from "../../db/client.ts";
import { createSocketDatabase } from "../../host/stores/postgres-sockets.ts";
import { emptyTables } from "../support/empty-tables.ts";
import { createDatabaseFor, type EngineName } from "../support/postgres.ts";
import { SEED } from "../support/seed.ts";
import { startStores } from "../support/stores.ts";
import { inShort } from "./support.ts";

/** A busy machine is no dead database. */
const PATIENCE_MS = 30_000;

type Db = ReturnType<typeof inShort>;
type Open = () => Promise<{ database: Database; close: () => Promise<void> }>;

const behindEndpoint =
  (engine: EngineName): Open =>
  async () => {
    const stores = await startStores({ engine });
    return { database: createDatabase(stores.databaseUrl, { timeoutMs: PATIENCE_MS }), close: stores.close };
  };

/** Without an endpoint, as with `npm start`: calls that come together share a statement. */
const bySockets: Open = async () => {
  const { serverUrl, close } = await createDatabaseFor("sockets");
  const database = createSocketDatabase(serverUrl ?? "", { timeoutMs: PATIENCE_MS });
  return { database, close: () => database.close().then(close) };
};

const WAYS: readonly (readonly [name: string, open: Open])[] = [
  ["PostgreSQL", behindEndpoint("PostgreSQL")],
  ["PGlite", behindEndpoint("PGlite")],
  ["PostgreSQL by sockets", bySockets],
];

/** Every way in CI. Elsewhere one for each suite, another one by SEED: PGlite, which takes longest, for one of 24. */
function waysFor(suite: string): typeof WAYS {
  if (process.env.CI) return WAYS;
  const turn = (suite.length + SEED) % 24;
  return WAYS.filter(
    ([name]) => name === (turn === 0 ? "PGlite" : turn % 2 ? "PostgreSQL" : "PostgreSQL by sockets"),
  );
}

/** A suite of the store, run on each engine in each way to reach it; every test finds empty tables. */
export function describeStore(name: string, suite: (db: Db) => void): void {
  describe.each(waysFor(name))(`${name}, on %s`, (_, open) => {
    const db = openedBeforeTests(open);
    beforeEach(() => emptyTables(db));
    suite(db);
  });
}

/** The same for a suite that fills the tables itself, once: nothing is deleted between its tests. */
export function describeFilledStore(name: string, suite: (db: Db) => void): void {
  describe.each(waysFor(name))(`${name}, on %s`, (_, open) => suite(openedBeforeTests(open)));
}

function openedBeforeTests(open: Open): Db {
  const db = {} as Db;
  let close: () => Promise<void>;
  beforeAll(async () => {
    const opened = await open();
    close = opened.close;
    Object.assign(db, inShort(opened.database));
  });
  afterAll(() => close());
  return db;
}
