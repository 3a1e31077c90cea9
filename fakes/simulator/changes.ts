import type { Database } from "../../db/client.ts";

/** Forgets a customer of a business number: conversation, messages, turns, handoffs. */
export async function forget({ sql }: Database, phoneNumberId: string, phone: string): Promise<void> {
  await sql`delete from users u using tenants t
    where t.id = u.tenant_id and t.phone_number_id = ${phoneNumberId} and u.phone = ${phone}`;
}

/** Writes down what a person of the company says; the id of the message. */
export async function writeAsAgent({ sql }: Database, conversationId: string, text: string): Promise<string> {
  const [row] = await sql<{ id: string }>`
    insert into messages (tenant_id, conversation_id, direction, author, state, type, text, sent_at)
    select tenant_id, id, 'out', 'agent', 'draft', 'text', ${text}, clock_timestamp()
      from conversations where id = ${conversationId}::uuid returning id`;
  if (!row) throw new Error("the conversation is gone");
  return row.id;
}

/** Notes that Meta took it; a status report may have been quicker. */
export async function markAgentSent({ sql }: Database, id: string, waMessageId: string): Promise<void> {
  await sql`update messages set wa_message_id = ${waMessageId},
      state = case state when 'draft' then 'sent' else state end, updated_at = clock_timestamp()
    where id = ${id}::uuid`;
}
