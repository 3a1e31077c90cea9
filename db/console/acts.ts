/** What operators do with a conversation; each act is one statement (`db/functions/console/acts/`). */
import type { ActOutcome, Acts } from "../../lib/types/console/acts.ts";
import type { StoredRow } from "../../lib/types/console/inbox.ts";
import type { Database } from "../client.ts";

/** Creates the store of acts. */
export const createActs = (database: Database): Acts => ({ ...owning(database), ...keeping(database) });

/** Who has a conversation, and whether it is open. */
function owning({ sql }: Database): Pick<Acts, "take" | "giveBack" | "assign" | "close" | "reopen"> {
  return {
    take: ({ tenantId, operatorId, conversationId }, from) =>
      ask(
        sql`select take_conversation(${tenantId}::uuid, ${operatorId}::uuid, ${conversationId}::uuid, ${from}::uuid) as answer`,
      ),

    giveBack: ({ tenantId, operatorId, conversationId }, note) =>
      ask(
        sql`select give_back_conversation(${tenantId}::uuid, ${operatorId}::uuid, ${conversationId}::uuid, ${note}::text) as answer`,
      ),

    assign: ({ tenantId, conversationId }, memberId) =>
      ask(
        sql`select assign_to_member(${tenantId}::uuid, ${conversationId}::uuid, ${memberId}::uuid) as answer`,
      ),

    close: ({ tenantId, operatorId, conversationId }, notices) =>
      ask(
        sql`select close_conversation(${tenantId}::uuid, ${operatorId}::uuid, ${conversationId}::uuid,
          ${JSON.stringify(notices)}::jsonb) as answer`,
      ),

    reopen: ({ tenantId, conversationId }) =>
      ask(sql`select reopen_conversation(${tenantId}::uuid, ${conversationId}::uuid) as answer`),
  };
}

/** What is kept about it. */
function keeping({ sql }: Database): Pick<Acts, "snooze" | "tag" | "note" | "read" | "unflag" | "row"> {
  return {
    snooze: ({ tenantId, conversationId }, untilMs) =>
      ask(
        sql`select snooze_conversation(${tenantId}::uuid, ${conversationId}::uuid,
          to_timestamp(${untilMs}::float8 / 1000)) as answer`,
      ),

    tag: ({ tenantId, conversationId }, tags) =>
      ask(
        sql`select tag_conversation(${tenantId}::uuid, ${conversationId}::uuid, ${JSON.stringify(tags)}::jsonb) as answer`,
      ),

    note: ({ tenantId, operatorId, conversationId }, id, text) =>
      ask(
        sql`select write_note(${tenantId}::uuid, ${operatorId}::uuid, ${conversationId}::uuid, ${id}::uuid, ${text}) as answer`,
      ),

    read: ({ tenantId, operatorId, conversationId }) =>
      ask(
        sql`select read_conversation(${tenantId}::uuid, ${operatorId}::uuid, ${conversationId}::uuid) as answer`,
      ),

    unflag: ({ tenantId, conversationId }) =>
      ask(sql`select unflag_conversation(${tenantId}::uuid, ${conversationId}::uuid) as answer`),

    async row({ tenantId, operatorId, conversationId }) {
      const [row] = await sql<{ answer: StoredRow | null }>`
        select conversation_row_json(c, ${operatorId}::uuid) as answer from conversations c
          where c.id = ${conversationId}::uuid and c.tenant_id = ${tenantId}::uuid`;
      return row?.answer ?? null;
    },
  };
}

async function ask(rows: Promise<{ answer: ActOutcome }[]>): Promise<ActOutcome> {
  const [row] = await rows;
  if (!row) throw new Error("the database returned no row");
  return row.answer;
}
