-- Ends a turn whose reply may not be sent: its messages count as answered, or are left to an operator. The caller has locked the
-- conversation, which is saved here; this locks its messages.
create or replace function withhold_draft(p_conversation conversations, p_turn_id uuid, p_through_seq bigint) returns void language plpgsql as $$
begin
  if p_conversation.status = 'bot' then
    update messages set turn_id = p_turn_id
      where conversation_id = p_conversation.id and direction = 'in' and turn_id is null
        and seq > p_conversation.answered_seq and seq <= p_through_seq;
  end if;
  perform withhold_waiting(p_conversation, p_turn_id);
  p_conversation := mark_answered(p_conversation,
    case when operator_waits(p_conversation.id, p_turn_id) then p_conversation.answered_seq else p_conversation.received_seq end,
    p_conversation.unread_since);
  perform save_conversation(change_lease(p_conversation, 'end'));
end $$;
