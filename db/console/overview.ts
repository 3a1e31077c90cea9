/** Ratings of a company, how far it has come, and its demonstration. */
import type { Queue } from "../../contracts/console/insight.ts";
import type { CsatSummary, StartView } from "../../contracts/console/settings.ts";
import type { Overview } from "../../lib/types/console/ratings.ts";
import type { Database } from "../client.ts";

/** Creates the reader of a company's overview. */
export function createOverview({ sql }: Database): Overview {
  return {
    async ratings(tenantId, days) {
      const [row] = await sql<{
        answer: CsatSummary;
      }>`select ratings_json(${tenantId}::uuid, ${days}::int) as answer`;
      if (!row) throw new Error("no answer");
      return row.answer;
    },
    async queue(tenantId) {
      const [row] = await sql<{ answer: Queue }>`select queue_json(${tenantId}::uuid) as answer`;
      if (!row) throw new Error("no answer");
      return row.answer;
    },
    async start(tenantId) {
      const [row] = await sql<{ answer: StartView }>`select start_json(${tenantId}::uuid) as answer`;
      if (!row) throw new Error("no answer");
      return row.answer;
    },
    async removeDemo(tenantId) {
      const [row] = await sql<{ removed: number }>`
        select remove_demo(${tenantId}::uuid) as removed`;
      // Colleagues of the demonstration, to whom nobody can write.
      await sql`delete from memberships m using operators o
        where m.tenant_id = ${tenantId}::uuid and o.id = m.operator_id and o.email like '%@demo.invalid'`;
      return row?.removed ?? 0;
    },
  };
}
