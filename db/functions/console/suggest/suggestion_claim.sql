-- Returns what a turn would read of a conversation (Claim), without a lease, for a draft that an operator asked for; null when the company
-- has no such conversation. Pending are the customer's messages since our last one, else their newest one. Locks nothing.
create or replace function suggestion_claim(p_tenant_id uuid, p_conversation_id uuid) returns json language plpgsql stable as $$
declare
  v_conversation conversations;
  v_tenant tenants;
  v_customer customers;
  v_turn turns;
  v_after bigint;
begin
  select * into v_conversation from conversations where id = p_conversation_id and tenant_id = p_tenant_id;
  if v_conversation.id is null then return null; end if;
  select * into v_tenant from tenants where id = p_tenant_id;
  select * into v_customer from customers where id = v_conversation.customer_id;
  -- The newest message that was there before we wrote last; an edit or a deletion has no number of its own.
  select max(i.seq) into v_after from messages i
    where i.conversation_id = v_conversation.id and i.direction = 'in' and i.created_at <= (
      select max(o.created_at) from messages o
        where o.conversation_id = v_conversation.id and o.direction = 'out' and o.author <> 'system'
          and o.state not in ('draft', 'ambiguous', 'withheld', 'failed'));
  v_after := least(coalesce(v_after, 0), (
    select max(seq) - 1 from messages where conversation_id = v_conversation.id and direction = 'in' and state = 'received'));
  -- Only in memory: the history ends before what is pending.
  v_conversation := jsonb_populate_record(v_conversation,
    jsonb_build_object('answered_seq', coalesce(v_after, v_conversation.received_seq)));
  v_turn.id := gen_random_uuid();
  v_turn.through_seq := v_conversation.received_seq;
  return claim_json(v_conversation, v_tenant, v_customer, v_turn, (
    select coalesce(json_agg(transcript_json(m) order by m.sent_at, m.seq), '[]') from (
      select * from messages where conversation_id = v_conversation.id and direction = 'in' and state = 'received'
                               and seq > v_conversation.answered_seq order by seq desc limit 50) m));
end $$;
