/** Index behind the console's search (`db/functions/console/search/`). */
import type { SearchIndex } from "../lib/types/search-index.ts";
import type { Database } from "./client.ts";

/** Brings new messages into the search. */
export function createSearchIndex({ sql }: Database): SearchIndex {
  return {
    async bringIn(most) {
      const [row] = await sql<{ count: number }>`select index_messages(${most}::int) as count`;
      return row?.count ?? 0;
    },
  };
}
