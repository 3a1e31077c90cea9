/** Turns, seen through. */
import type { StoredTurn, TurnReader } from "../../lib/types/console/turns.ts";
import type { Database } from "../client.ts";

/** Creates the reader of a company's turns. */
export const createTurnReader = (database: Database): TurnReader => ({
  read: (tenantId, turnId) => readTurn(database, tenantId, turnId),
});

/** A turn of a company, or of any (null), for maintainers; null when there is none. */
export async function readTurn(
  { sql }: Database,
  tenantId: string | null,
  turnId: string,
): Promise<StoredTurn | null> {
  const [row] = await sql<{ answer: StoredTurn | null }>`
    select turn_json(${tenantId}::uuid, ${turnId}::uuid) as answer`;
  return row?.answer ?? null;
}
