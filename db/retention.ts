import type { Purged, Retention } from "../lib/types/retention.ts";
import type { Database } from "./client.ts";

/** The purge, a bounded number of rows at a time (`db/functions/retention/`). */
export function createRetention(database: Database): Retention {
  return {
    async purge(days: number, limit: number): Promise<Purged> {
      const [row] = await database.sql<{ purged: Purged }>`
        select purge_batch(${days}::int, ${limit}::int) as purged`;
      if (!row) throw new Error("the database answered without a row");
      return row.purged;
    },
  };
}
