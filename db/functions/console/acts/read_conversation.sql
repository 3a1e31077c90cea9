-- Records that an operator has read a conversation until now (Outcome). Locks that record alone: it changes nothing for others.
create or replace function read_conversation(p_tenant_id uuid, p_operator_id uuid, p_conversation_id uuid) returns jsonb
language plpgsql set lock_timeout = '2s' as $$
begin
  insert into conversation_reads as r (operator_id, conversation_id, read_at)
    select p_operator_id, id, clock_timestamp() from conversations where id = p_conversation_id and tenant_id = p_tenant_id
    on conflict (operator_id, conversation_id) do update set read_at = greatest(r.read_at, excluded.read_at);
  return jsonb_build_object('outcome', case when found then 'done' else 'not_found' end);
end $$;
