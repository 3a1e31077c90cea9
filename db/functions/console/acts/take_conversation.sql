-- An operator takes a conversation from the bot, from the queue, or from the operator `p_from` (Outcome); `taken` when somebody else has
-- it. Of two at once one wins. Locks the conversation first, then its handoff.
create or replace function take_conversation(p_tenant_id uuid, p_operator_id uuid, p_conversation_id uuid, p_from uuid) returns jsonb
language plpgsql set lock_timeout = '2s' as $$
declare
  v_conversation conversations := lock_conversation(p_tenant_id, p_conversation_id);
  v_taken jsonb;
begin
  if v_conversation.id is null then return jsonb_build_object('outcome', 'not_found'); end if;
  v_taken := taken_by_other(v_conversation, p_operator_id, 'taken');
  if v_taken is not null and v_conversation.assignee_id is distinct from p_from then return v_taken; end if;
  perform save_conversation(give_conversation_to(v_conversation, p_operator_id));
  return jsonb_build_object('outcome', 'done');
end $$;
