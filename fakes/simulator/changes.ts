import type { Database } from "../../db/client.ts";
import { spellingsOf } from "../../lib/phone/spellings.ts";

/**
 * Deletes a customer of a business number with conversation, messages, turns and handoffs. Locks the conversation first,
 * as a turn does: the other order would be a deadlock with one that has just begun.
 */
export async function deleteCustomer({ sql }: Database, phoneNumberId: string, phone: string): Promise<void> {
  const phones = JSON.stringify(spellingsOf(phone));
  await sql`
    with locked as materialized (
      select c.id from conversations c join customers u on u.id = c.customer_id join tenants t on t.id = u.tenant_id
        where t.phone_number_id = ${phoneNumberId} and ${phones}::jsonb ? u.phone for update of c)
    delete from customers u using tenants t
      where t.id = u.tenant_id and t.phone_number_id = ${phoneNumberId} and ${phones}::jsonb ? u.phone
        and (select count(*) from locked) >= 0`;
}

/** Stores an operator's message as a draft; returns its id. */
export async function draftAsOperator(
  { sql }: Database,
  conversationId: string,
  text: string,
): Promise<string> {
  const [row] = await sql<{ id: string }>`
    insert into messages (tenant_id, conversation_id, direction, author, state, type, text, sent_at)
    select tenant_id, id, 'out', 'operator', 'draft', 'text', ${text}, clock_timestamp()
      from conversations where id = ${conversationId}::uuid returning id`;
  if (!row) throw new Error("the conversation is gone");
  return row.id;
}

/** Marks it as sent, unless a status report was faster. */
export async function markOperatorSent({ sql }: Database, id: string, waMessageId: string): Promise<void> {
  await sql`update messages set wa_message_id = ${waMessageId},
      state = case state when 'draft' then 'sent' else state end, updated_at = clock_timestamp()
    where id = ${id}::uuid`;
}
