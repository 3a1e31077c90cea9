/** Search of the inbox (`db/functions/console/search/`). */
import type { InboxSearch, StoredSearchPage } from "../../lib/types/console/inbox.ts";
import type { Database } from "../client.ts";

/** Creates the search of the inbox. */
export function createInboxSearch({ sql }: Database): InboxSearch {
  return {
    async search({ tenantId, operatorId }, { words, phones, after }) {
      const [row] = await sql<{ page: StoredSearchPage }>`
        select search_conversations(${tenantId}::uuid, ${operatorId}::uuid, ${words}, ${JSON.stringify(phones)}::jsonb,
                                    nullif(${JSON.stringify(after)}::jsonb, 'null')) as page`;
      return row?.page ?? { rows: [], next: null };
    },
  };
}
