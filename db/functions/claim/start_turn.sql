-- Starts a turn for everything that is unread, and returns its claim. The caller has locked the conversation, which is saved here;
-- counters come last.
create or replace function start_turn(
  p_conversation conversations, p_tenant tenants, p_customer customers, p_turn_id uuid, p_lease_ms integer, p_pending json, p_counters text[])
returns json language plpgsql as $$
declare
  v_turn turns;
begin
  insert into turns (id, tenant_id, conversation_id, epoch, through_seq, version)
    values (p_turn_id, p_conversation.tenant_id, p_conversation.id, p_conversation.epoch + 1, p_conversation.received_seq, p_tenant.version)
    returning * into v_turn;
  p_conversation := take_lease(p_conversation, p_lease_ms, p_counters);
  return claim_json(p_conversation, p_tenant, p_customer, v_turn, p_pending);
end $$;
