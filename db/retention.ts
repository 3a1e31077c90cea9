import type { Purged, Retention } from "../lib/types/retention.ts";
import type { Database } from "./client.ts";

/** Purge of a bounded number of rows per call (`db/functions/retention/`). */
export function createRetention(database: Database): Retention {
  return {
    async purge(days, limit, exchangeDays = days): Promise<Purged> {
      const [row] = await database.sql<{ purged: Purged }>`
        select purge_batch(${days}::int, ${limit}::int)
            || jsonb_build_object('exchanges', purge_exchanges(${exchangeDays}::int, ${limit}::int)) as purged`;
      if (!row) throw new Error("the database returned no row");
      return row.purged;
    },
  };
}

/** Deletes the customers with one of these phones, at every number, and keeps their consent hashed; returns how many. */
export async function deleteCustomers({ sql }: Database, phones: readonly string[]): Promise<number> {
  const [row] = await sql<{ customers: number }>`
    select delete_customers(array(select id from customers
      where phone = any (array(select jsonb_array_elements_text(${JSON.stringify(phones)}::jsonb))))) as customers`;
  return row?.customers ?? 0;
}
