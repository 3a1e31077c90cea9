/** Changes for the live stream (`db/functions/console/live/`). */
import type { Changes, LiveStore } from "../../lib/types/console/live.ts";
import type { Database } from "../client.ts";

/** Creates the store of the live stream; each call is one statement. */
export function createLiveStore({ sql }: Database): LiveStore {
  return {
    async changes(tenantId, asked) {
      const [row] = await sql<{ changes: Changes }>`
        select console_changes(${tenantId}::uuid, ${JSON.stringify(asked)}::jsonb) as changes`;
      if (!row) throw new Error("the database returned no changes");
      return row.changes;
    },
    async typing(tenantId, conversationId, operatorId, typing) {
      const [row] = await sql<{ known: boolean }>`
        select say_typing(${tenantId}::uuid, ${conversationId}::uuid, ${operatorId}::uuid, ${typing}) as known`;
      return row?.known ?? false;
    },
  };
}
