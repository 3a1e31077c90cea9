/** Drafts for operators: what they read, and what they cost. */
import type { SuggestionStore } from "../../lib/types/console/suggest.ts";
import type { Claim } from "../../lib/types/turn-store.ts";
import type { Database } from "../client.ts";

/** Creates the store of suggestions. */
export function createSuggestions({ sql }: Database): SuggestionStore {
  return {
    async claim(tenantId, conversationId) {
      const [row] = await sql<{ answer: Claim | null }>`
        select suggestion_claim(${tenantId}::uuid, ${conversationId}::uuid) as answer`;
      return row?.answer ?? null;
    },
    async book({ tenantId, conversationId, operatorId }, record) {
      await sql`select book_suggestion(${tenantId}::uuid, ${conversationId}::uuid, ${operatorId}::uuid, ${JSON.stringify(record)}::jsonb)`;
    },
  };
}
