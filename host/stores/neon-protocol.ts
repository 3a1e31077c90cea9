import { z } from "zod";
import type { RawResult, SqlEngine, Statement } from "./sql-engine.ts";

const value = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const statement = z.object({ query: z.string(), params: z.array(value).default([]) }).transform(
  ({ query, params }): Statement => ({
    query,
    params: params.map((each) => (each === null ? null : String(each))),
  }),
);
const request = z.union([z.object({ queries: z.array(statement) }), statement]);

/** One statement, or several in one transaction. */
export type NeonRequest = z.infer<typeof request>;

/** Parses a request of Neon's driver; null for anything else. */
export function parseNeonRequest(text: string): NeonRequest | null {
  try {
    return request.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** Executes a request; returns the answer that Neon's driver expects in array mode. */
export async function runNeonRequest(
  engine: SqlEngine,
  body: NeonRequest,
  headers: Record<string, string>,
): Promise<object> {
  if (!("queries" in body)) return shape(await engine.run(body));
  return { results: (await engine.transaction(transactionMode(headers), body.queries)).map(shape) };
}

const shape = (result: RawResult): object => ({ ...result, rowAsArray: true });

const ISOLATION = new Map([
  ["ReadUncommitted", "isolation level read uncommitted"],
  ["ReadCommitted", "isolation level read committed"],
  ["RepeatableRead", "isolation level repeatable read"],
  ["Serializable", "isolation level serializable"],
]);

function transactionMode(headers: Record<string, string>): string {
  const modes = [
    ISOLATION.get(headers["neon-batch-isolation-level"] ?? ""),
    headers["neon-batch-read-only"] === "true" && "read only",
    headers["neon-batch-deferrable"] === "true" && "deferrable",
  ];
  return modes.filter(Boolean).join(", ");
}

const ERROR_FIELDS = new Set(
  "severity code detail hint position internalPosition internalQuery where schema table column dataType constraint file line routine".split(
    " ",
  ),
);

/** PostgreSQL's error in Neon's form; null when the engine failed before PostgreSQL answered. */
export function neonError(error: unknown): Record<string, unknown> | null {
  if (!(error instanceof Error && "severity" in error)) return null;
  const fields = Object.entries(error).filter(([name]) => ERROR_FIELDS.has(name));
  return { message: error.message, ...Object.fromEntries(fields) };
}
