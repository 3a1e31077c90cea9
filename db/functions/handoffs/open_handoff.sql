-- Records that an operator is needed; false when a handoff was open already. The caller has locked the conversation, and assigns it.
create or replace function open_handoff(p_conversation conversations, p_turn_id uuid, p_reason text, p_summary text) returns boolean
language plpgsql as $$
begin
  insert into handoffs (tenant_id, conversation_id, turn_id, reason, summary)
    values (p_conversation.tenant_id, p_conversation.id, p_turn_id, p_reason, p_summary) on conflict do nothing;
  return found;
end $$;
