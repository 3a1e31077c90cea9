-- Lets an operator's message be sent at once: a turn of the bot that has written nothing down loses the conversation, and a pause before
-- the next attempt ends. What is being sent, or may have been by a process that died, is waited for. Changes the conversation in memory:
-- the caller has locked and saves it.
create or replace function make_way_for_operator(p_conversation conversations) returns conversations language plpgsql as $$
begin
  if p_conversation.lease_expires_at is not null
     -- Besides the operator's own, which is written already.
     and exists (select from turns where conversation_id = p_conversation.id and state = 'drafted' and through_seq <= p_conversation.received_seq) then
    return p_conversation;
  end if;
  return change_lease(p_conversation, 'close');
end $$;
