import { neonConfig } from "@neondatabase/serverless";
import { createPool } from "@vercel/postgres";
import { DatabaseError, toDatabaseError } from "./error.ts";

/**
 * Access to the database. Values are parsed: `integer` and `float8` to number, `boolean` and `json` to their own,
 * `timestamptz` to Date; `int8` and `numeric` stay strings, so that no digit is lost.
 */
export interface Database {
  /** True when calls of several requests may share a statement; not on the edge, where I/O ends with its request. */
  readonly shared?: boolean;
  /** Runs one statement in one round trip, under a time limit. Throws DatabaseError. */
  sql<Row>(strings: TemplateStringsArray, ...values: SqlValue[]): Promise<Row[]>;
}

/** Parameter of a statement; structured values are passed as JSON text. */
export type SqlValue = string | number | boolean | null;

const DEFAULT_TIMEOUT_MS = 5_000;

/** How a database is asked. */
interface Asking {
  timeoutMs?: number;
  /** The host's own, for requests and answers of a few kilobytes. */
  fetch?: typeof fetch | undefined;
}

/** By address, because the driver's settings are shared by the process. */
const askings = new Map<string, Asking>();

/** Creates a client without connecting. Throws DatabaseError for an unusable address, without quoting it: it holds the password. */
export function createDatabase(connectionString: string, asking: Asking = {}): Database {
  assertUsable(connectionString);
  askings.set(connectionString, asking);
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

/** Neon's own endpoint, except that `localhost` is a local one without TLS. */
neonConfig.fetchEndpoint = (host, port) => {
  if (host === "localhost") return `http://localhost:${port}/sql`;
  return typeof neonEndpoint === "string" ? neonEndpoint : neonEndpoint(host, port);
};

neonConfig.fetchFunction = (url: string, init: RequestInit & { headers: Record<string, string> }) => {
  const asking = askings.get(init.headers["Neon-Connection-String"] ?? "");
  const { timeoutMs = DEFAULT_TIMEOUT_MS, fetch: ask = fetch } = asking ?? {};
  return ask(url, { ...init, signal: AbortSignal.timeout(timeoutMs) });
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
