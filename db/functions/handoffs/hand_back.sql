-- An operator gives a conversation back to the bot, or closes a handoff during which the bot goes on; false when there was neither.
-- Locks the conversation first, then its handoff.
create or replace function hand_back(p_conversation_id uuid) returns boolean language plpgsql as $$
declare
  v_conversation conversations;
  v_waits boolean;
begin
  select * into v_conversation from conversations where id = p_conversation_id for update;
  v_waits := v_conversation.status = 'human'
    or exists (select from handoffs where conversation_id = p_conversation_id and handed_back_at is null);
  if not coalesce(v_waits, false) then return false; end if;
  perform close_handoff(p_conversation_id);
  if v_conversation.status = 'human' then v_conversation := assign_conversation(v_conversation, 'bot'); end if;
  perform save_conversation(count_repeat(v_conversation, null));
  return true;
end $$;
