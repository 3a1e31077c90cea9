-- An operator takes a conversation: a draft that was not sent is withheld, and unread messages are left to the operator. Locks the
-- conversation first, then its handoff.
create or replace function take_over(p_conversation_id uuid, p_reason text, p_summary text) returns boolean language plpgsql as $$
declare
  v_conversation conversations;
begin
  select * into v_conversation from conversations where id = p_conversation_id for update;
  if v_conversation.id is null then return false; end if;
  perform open_handoff(v_conversation, null, p_reason, p_summary);
  perform mark_taken(v_conversation.id);
  perform save_conversation(assign_conversation(v_conversation, 'human'));
  return true;
end $$;
