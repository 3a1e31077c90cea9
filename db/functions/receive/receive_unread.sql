-- Counts one more message that needs an answer; an operator who has the conversation, with nothing left for the bot, reads it
-- themselves. Changes the row in memory: the caller saves it.
create or replace function receive_unread(p_conversation conversations) returns conversations language plpgsql as $$
declare
  v_operator_reads boolean := p_conversation.status <> 'bot' and p_conversation.answered_seq = p_conversation.received_seq;
begin
  p_conversation := add_unread(p_conversation, 1, clock_timestamp());
  if v_operator_reads then return mark_answered(p_conversation, p_conversation.received_seq, null); end if;
  return p_conversation;
end $$;
