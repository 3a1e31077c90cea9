import type { PGlite } from "@electric-sql/pglite";
import pg from "pg";

/** One statement; parameters are text, as on the wire. */
export interface Statement {
  query: string;
  params: (string | null)[];
}

/** Result with values in PostgreSQL's text format. */
export interface RawResult {
  command: string;
  rowCount: number | null;
  fields: { name: string; dataTypeID: number }[];
  rows: (string | null)[][];
}

/** Executes SQL: a server, or PostgreSQL inside this process. */
export interface SqlEngine {
  run(statement: Statement): Promise<RawResult>;
  /** Executes statements in one transaction; `mode` as in `set transaction`, e.g. `isolation level serializable`, or empty. */
  transaction(mode: string, statements: readonly Statement[]): Promise<RawResult[]>;
  close(): Promise<void>;
}

const asText = (value: string): string => value;

/** Any PostgreSQL server, by its `postgres://` address. */
export function serverEngine(connectionString: string, maxConnections = 10): SqlEngine {
  const types = { getTypeParser: () => asText };
  const pool = new pg.Pool({ connectionString, max: maxConnections, types });
  // An idle connection that was lost is replaced when next needed.
  pool.on("error", () => {});
  return {
    run: (statement) => query(pool, statement),
    async transaction(mode, statements) {
      const client = await pool.connect();
      try {
        await client.query(`begin ${mode}`);
        const results: RawResult[] = [];
        for (const statement of statements) results.push(await query(client, statement));
        await client.query("commit");
        client.release();
        return results;
      } catch (error) {
        const rolledBack = await client.query("rollback").catch(() => null);
        client.release(rolledBack === null);
        throw error;
      }
    },
    close: () => pool.end(),
  };
}

async function query(
  connection: pg.Pool | pg.PoolClient,
  { query: text, params }: Statement,
): Promise<RawResult> {
  const { command, rowCount, fields, rows } = await connection.query<(string | null)[]>({
    text,
    values: params,
    rowMode: "array",
  });
  return { command, rowCount, rows, fields: fields.map(({ name, dataTypeID }) => ({ name, dataTypeID })) };
}

/** PGlite, which has one connection, so statements take turns. */
export function embeddedEngine(database: PGlite): SqlEngine {
  const asIs = (types: object) => Object.fromEntries(Object.keys(types).map((oid) => [oid, asText]));
  const options = {
    rowMode: "array",
    parsers: asIs(database.parsers),
    serializers: asIs(database.serializers),
  } as const;
  const runOn = async (
    connection: Pick<PGlite, "query">,
    { query: text, params }: Statement,
  ): Promise<RawResult> => {
    const result = await connection.query<(string | null)[]>(text, params, options);
    const { command = "", rowCount = null, fields, rows } = result;
    return { command, rowCount, fields, rows };
  };
  return {
    run: (statement) => runOn(database, statement),
    transaction: (mode, statements) =>
      database.transaction(async (connection) => {
        if (mode) await connection.exec(`set transaction ${mode}`);
        const results: RawResult[] = [];
        for (const statement of statements) results.push(await runOn(connection, statement));
        return results;
      }),
    close: () => database.close(),
  };
}
