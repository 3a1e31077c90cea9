import { neonConfig } from "@neondatabase/serverless";
import { createPool } from "@vercel/postgres";
import { DatabaseError, toDatabaseError } from "./error.ts";

/**
 * The one way to the database. Values come back parsed: `integer` and `float8` as number, `boolean`, `json` and
 * `timestamptz` (as Date) as themselves; `int8` and `numeric` stay strings, so that no digit is lost.
 */
export interface Database {
  /** Whether calls of several requests may share a statement: not on the edge, where what a request began ends with it. */
  readonly shared?: boolean;
  /** One statement, one round trip, in a bounded time. Throws DatabaseError. */
  sql<Row>(strings: TemplateStringsArray, ...values: SqlValue[]): Promise<Row[]>;
}

/** What may stand as a parameter; anything richer goes in as JSON text. */
export type SqlValue = string | number | boolean | null;

const DEFAULT_TIMEOUT_MS = 5_000;

/** The driver's settings are shared by the process, so each database's bound is found by its address. */
const timeouts = new Map<string, number>();

/** Opens nothing yet. Throws when the address cannot be used, without repeating it: it holds the password. */
export function createDatabase(connectionString: string, timeoutMs = DEFAULT_TIMEOUT_MS): Database {
  assertUsable(connectionString);
  timeouts.set(connectionString, timeoutMs);
  const pool = createPool({ connectionString });
  return {
    async sql<Row>(strings: TemplateStringsArray, ...values: SqlValue[]): Promise<Row[]> {
      try {
        const { rows } = await pool.sql<Row & Record<string, never>>(strings, ...values);
        return rows;
      } catch (error) {
        throw toDatabaseError(error);
      }
    },
  };
}

const neonEndpoint = neonConfig.fetchEndpoint;

/** Neon's address is Neon's; `localhost` is a Neon endpoint of one's own, without TLS. */
neonConfig.fetchEndpoint = (host, port) => {
  if (host === "localhost") return `http://localhost:${port}/sql`;
  return typeof neonEndpoint === "string" ? neonEndpoint : neonEndpoint(host, port);
};

neonConfig.fetchFunction = (url: string, init: RequestInit) => {
  const database = new Headers(init.headers).get("Neon-Connection-String") ?? "";
  const signal = AbortSignal.timeout(timeouts.get(database) ?? DEFAULT_TIMEOUT_MS);
  return fetch(url, { ...init, signal });
};

function assertUsable(connectionString: string): void {
  if (!URL.canParse(connectionString)) throw new DatabaseError("invalid_address", "not a URL");
  const { protocol, hostname, username, password, pathname } = new URL(connectionString);
  if (!/^postgres(ql)?:$/.test(protocol)) throw new DatabaseError("invalid_address", "not postgres://");
  if (!username || !password || pathname.length < 2)
    throw new DatabaseError("invalid_address", "user, password or database is missing");
  if (/%(?![0-9a-f]{2})/i.test(password))
    throw new DatabaseError("invalid_address", "write a % in the password as %25");
  if (hostname !== "localhost" && !hostname.includes("-pooler."))
    throw new DatabaseError("invalid_address", "use the pooled address (its host holds -pooler.)");
}
