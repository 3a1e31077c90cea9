-- Hides a conversation from the lists until the given time, or until its customer writes; null wakes it (Outcome). Locks the
-- conversation.
create or replace function snooze_conversation(p_tenant_id uuid, p_conversation_id uuid, p_until timestamptz) returns jsonb
language plpgsql set lock_timeout = '2s' as $$
declare
  v_conversation conversations := lock_conversation(p_tenant_id, p_conversation_id);
begin
  if v_conversation.id is null then return jsonb_build_object('outcome', 'not_found'); end if;
  perform save_conversation(set_snoozed(v_conversation, p_until));
  return jsonb_build_object('outcome', 'done');
end $$;
