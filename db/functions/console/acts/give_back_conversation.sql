-- An operator gives a conversation back to the bot, which knows the note then (Outcome); `not_yours` when another operator has it. Given
-- back already, only the note is new. Locks the conversation first, then its handoff.
create or replace function give_back_conversation(p_tenant_id uuid, p_operator_id uuid, p_conversation_id uuid, p_note text) returns jsonb
language plpgsql set lock_timeout = '2s' as $$
declare
  v_conversation conversations := lock_conversation(p_tenant_id, p_conversation_id);
  v_refused jsonb;
begin
  if v_conversation.id is null then return jsonb_build_object('outcome', 'not_found'); end if;
  v_refused := taken_by_other(v_conversation, p_operator_id, 'not_yours');
  if v_refused is not null then return v_refused; end if;
  perform close_handoff(v_conversation.id);
  if v_conversation.status = 'human' then
    v_conversation := count_repeat(assign_conversation(v_conversation, 'bot'), null);
  end if;
  perform save_conversation(open_again(set_bot_note(v_conversation, p_note)));
  return jsonb_build_object('outcome', 'done');
end $$;
