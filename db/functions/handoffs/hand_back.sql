-- An operator gives a conversation back to the bot; false when no operator had it. Locks the conversation first, then its handoff.
create or replace function hand_back(p_conversation_id uuid) returns boolean language plpgsql as $$
declare
  v_conversation conversations;
begin
  select * into v_conversation from conversations where id = p_conversation_id for update;
  perform close_handoff(p_conversation_id);
  if v_conversation.status = 'human' then
    perform save_conversation(assign_conversation(v_conversation, 'bot'));
    return true;
  end if;
  return false;
end $$;
