-- Counts messages that need an answer, the oldest of them unread since the given time. Changes the row in memory: the caller saves it.
create or replace function add_unread(p_conversation conversations, p_count integer, p_since timestamptz) returns conversations
language plpgsql as $$
begin
  if p_count > 0 then
    p_conversation.received_seq := p_conversation.received_seq + p_count;
    p_conversation.unread_since := least(p_conversation.unread_since, p_since);
  end if;
  return p_conversation;
end $$;
