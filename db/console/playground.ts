/** The playground: what a turn was asked, and what trials cost. */
import type { PlaygroundStore, StoredReplay } from "../../lib/types/console/playground.ts";
import type { Database } from "../client.ts";

/** Creates the store of the playground, which has nothing that a turn could write with. */
export function createPlaygroundStore({ sql }: Database): PlaygroundStore {
  return {
    async usedToday(tenantId) {
      const [row] = await sql<{ usd: number }>`
        select coalesce(sum(usd), 0)::float8 as usd from usage where tenant_id = ${tenantId}::uuid and day = utc_today()`;
      return row?.usd ?? 0;
    },
    async replay(tenantId, turnId) {
      const [row] = await sql<{ answer: StoredReplay | null }>`
        select replay_json(${tenantId}::uuid, ${turnId}::uuid) as answer`;
      return row?.answer ?? null;
    },
    async book({ tenantId, operatorId }, record) {
      await sql`select book_playground(${tenantId}::uuid, ${operatorId}::uuid, ${JSON.stringify(record)}::jsonb)`;
    },
  };
}
