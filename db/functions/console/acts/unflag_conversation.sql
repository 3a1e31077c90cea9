-- Takes the flag for the supervisor away (Outcome). Locks the conversation.
create or replace function unflag_conversation(p_tenant_id uuid, p_conversation_id uuid) returns jsonb
language plpgsql set lock_timeout = '2s' as $$
declare
  v_conversation conversations := lock_conversation(p_tenant_id, p_conversation_id);
begin
  if v_conversation.id is null then return jsonb_build_object('outcome', 'not_found'); end if;
  perform save_conversation(set_flagged(v_conversation, false));
  return jsonb_build_object('outcome', 'done');
end $$;
