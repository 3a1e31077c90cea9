-- Opens a closed conversation again; the bot keeps it (Outcome). Locks the conversation.
create or replace function reopen_conversation(p_tenant_id uuid, p_conversation_id uuid) returns jsonb
language plpgsql set lock_timeout = '2s' as $$
declare
  v_conversation conversations := lock_conversation(p_tenant_id, p_conversation_id);
begin
  if v_conversation.id is null then return jsonb_build_object('outcome', 'not_found'); end if;
  perform save_conversation(open_again(v_conversation));
  return jsonb_build_object('outcome', 'done');
end $$;
