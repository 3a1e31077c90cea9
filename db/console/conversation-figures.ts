/** What the page of conversations needs beside the counters. */
import type { UnansweredQuestions } from "../../contracts/console/conversations.ts";
import type { ConversationBasis, ConversationFigures } from "../../lib/types/console/conversation-figures.ts";
import type { Database } from "../client.ts";

/** Questions that are grouped at most, the latest; and groups that are shown, the largest. */
const QUESTIONS = 500;
const GROUPS = 50;

/** Creates the reader of what conversations were about. */
export function createConversationFigures({ sql }: Database): ConversationFigures {
  return {
    async basis(tenantId) {
      const [row] = await sql<{ basis: ConversationBasis | null }>`
        select conversation_basis(${tenantId}::uuid) as basis`;
      return row?.basis ?? null;
    },
    async unanswered(tenantId, { fromMs, toMs }) {
      const [row] = await sql<{ questions: UnansweredQuestions }>`
        select question_groups(${tenantId}::uuid, to_timestamp(${fromMs}::float8 / 1000), to_timestamp(${toMs}::float8 / 1000),
                               ${QUESTIONS}::int, ${GROUPS}::int) as questions`;
      return row?.questions ?? { asked: 0, more: false, others: 0, groups: [] };
    },
  };
}
