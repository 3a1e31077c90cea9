import { findInSearch } from "../../fakes/demo/load.ts";
import type { World } from "../support/world.ts";

export interface Made {
  name?: string | null;
  phone?: string | null;
  /** Columns of the conversation other than the defaults. */
  state?: Record<string, string | null>;
  /** Texts of the customer, oldest first, one a second. */
  texts?: readonly string[];
  tenantId: string;
}

/** Stores a customer with a conversation; its id. */
export async function makeConversation(world: World, made: Made): Promise<string> {
  const { name = null, phone = null, state = {}, texts = [], tenantId } = made;
  const userId = phone === null ? `US.${crypto.randomUUID()}` : null;
  const [row] = await world.sql<{ id: string }>`
    with u as (
      insert into customers (tenant_id, wa_user_id, phone, name) values (${tenantId}::uuid, ${userId}, ${phone}, ${name}) returning id)
    insert into conversations (tenant_id, customer_id) select ${tenantId}::uuid, id from u returning id`;
  const id = row?.id ?? "";
  await world.sql`
    update conversations c set
        (status, assignee_id, snoozed_until, closed_at, flagged_at, last_at) = (
          select status, assignee_id, snoozed_until, closed_at, flagged_at, last_at
            from jsonb_populate_record(c, ${JSON.stringify(state)}::jsonb))
      where id = ${id}::uuid`;
  await world.sql`
    insert into messages (tenant_id, conversation_id, direction, state, type, text, sent_at, created_at)
      select ${tenantId}::uuid, ${id}::uuid, 'in', 'received', 'text', text, now(), now() - interval '1 day' + place * interval '1 second'
        from jsonb_array_elements_text(${JSON.stringify(texts)}::jsonb) with ordinality as t (text, place)`;
  await findInSearch(world);
  return id;
}

/** Another company, of which nobody here is a member. */
export async function makeCompany(world: World): Promise<string> {
  const [row] = await world.sql<{ id: string }>`
    insert into tenants (phone_number_id) values (${String(Math.floor(Math.random() * 1e15))}) returning id`;
  return row?.id ?? "";
}
