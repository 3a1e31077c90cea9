import { createHash } from "node:crypto";
import pg from "pg";
import type { Database, SqlValue } from "../../db/client.ts";
import { DatabaseError, toDatabaseError } from "../../db/error.ts";

/** The database over persistent connections. */
export interface SocketDatabase extends Database {
  close(): Promise<void>;
}

export interface SocketDatabaseOptions {
  maxConnections?: number;
  /** Time limit of a statement, including the wait for a connection · 5,000. */
  timeoutMs?: number;
}

const IDLE_MS = 60_000;
/** Connections kept open when idle: a new one costs a login. */
const MIN_CONNECTIONS = 2;

/**
 * Connects to any PostgreSQL server by its `postgres://` address. Statements are prepared by name, so that each is planned
 * once per connection. Connections are opened when needed; one that failed or took too long is discarded.
 */
export function createSocketDatabase(
  connectionString: string,
  { maxConnections = 10, timeoutMs = 5_000 }: SocketDatabaseOptions = {},
): SocketDatabase {
  const pool = new pg.Pool({
    ...{ connectionString, max: maxConnections, min: MIN_CONNECTIONS, keepAlive: true },
    ...{ connectionTimeoutMillis: timeoutMs, idleTimeoutMillis: IDLE_MS },
  });
  // A lost connection fails its statement, if any, and is replaced when next needed.
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {}));
  let prepares = true;

  async function run<Row>(statement: Prepared, values: SqlValue[]): Promise<Row[]> {
    const endsMs = performance.now() + timeoutMs;
    const client = await pool.connect();
    let usable = false;
    try {
      const leftMs = Math.max(1, Math.ceil(endsMs - performance.now()));
      const query = { ...(prepares ? statement : { text: statement.text }), values, query_timeout: leftMs };
      const { rows } = await client.query<Row & pg.QueryResultRow>(query);
      usable = true;
      return rows;
    } catch (error) {
      usable = error instanceof pg.DatabaseError && error.severity === "ERROR";
      throw error;
    } finally {
      client.release(!usable);
    }
  }

  return {
    shared: true,
    async sql<Row>(strings: TemplateStringsArray, ...values: SqlValue[]): Promise<Row[]> {
      const statement = preparedOf(strings);
      try {
        return await run<Row>(statement, values).catch((error: unknown) => {
          if (!prepares || !isUnprepared(error)) throw error;
          prepares = false;
          return run<Row>(statement, values);
        });
      } catch (error) {
        throw asDatabaseError(error);
      }
    },
    close: () => pool.end(),
  };
}

interface Prepared {
  /** Derived from the text, so that behind a pooler the same name always means the same statement. */
  name: string;
  text: string;
}

const statements = new WeakMap<TemplateStringsArray, Prepared>();

function preparedOf(strings: TemplateStringsArray): Prepared {
  const known = statements.get(strings);
  if (known) return known;
  const text = strings.reduce((before, after, index) => `${before}$${index}${after}`);
  const name = `chasqui_${createHash("sha256").update(text).digest("hex").slice(0, 32)}`;
  const made = { name, text };
  statements.set(strings, made);
  return made;
}

/** Codes seen behind poolers and after migrations: no such statement, already prepared, result type changed. */
const UNPREPARED = new Set(["26000", "42P05", "0A000"]);

/** True when the prepared name caused the error: nothing was executed. */
const isUnprepared = (error: unknown): boolean =>
  error instanceof pg.DatabaseError && UNPREPARED.has(error.code ?? "");

/** Uses the same error codes as over HTTP. */
function asDatabaseError(error: unknown): DatabaseError {
  if (error instanceof pg.DatabaseError) return toDatabaseError(error);
  // The driver's timeouts can be recognized by their message only.
  const isTimeout = error instanceof Error && /\btimeout\b/i.test(error.message);
  return new DatabaseError(isTimeout ? "timeout" : "unreachable");
}
