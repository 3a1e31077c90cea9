import type { Purged, Retention } from "../lib/types/retention.ts";
import type { Database } from "./client.ts";

/** Purge of a bounded number of rows per call (`db/functions/retention/`). */
export function createRetention(database: Database): Retention {
  return {
    async purge(days: number, limit: number): Promise<Purged> {
      const [row] = await database.sql<{ purged: Purged }>`
        select purge_batch(${days}::int, ${limit}::int) as purged`;
      if (!row) throw new Error("the database returned no row");
      return row.purged;
    },
  };
}
