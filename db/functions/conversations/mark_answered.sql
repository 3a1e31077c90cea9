-- Marks everything up to a message as answered; what is unread after that is unread since the given time. Changes the row in memory:
-- the caller saves it.
create or replace function mark_answered(p_conversation conversations, p_through_seq bigint, p_since timestamptz) returns conversations
language plpgsql as $$
begin
  p_conversation.answered_seq := greatest(p_conversation.answered_seq, p_through_seq);
  p_conversation.unread_since := case when p_conversation.received_seq > p_conversation.answered_seq then p_since end;
  return p_conversation;
end $$;
