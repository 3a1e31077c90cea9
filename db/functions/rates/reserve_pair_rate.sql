-- Reserves messages at Meta's pair rate, one in 6 s from the given time on. Changes the row in memory: the caller saves it.
create or replace function reserve_pair_rate(p_conversation conversations, p_messages integer, p_from timestamptz) returns conversations
language plpgsql as $$
begin
  p_conversation.pair_free_at := greatest(p_conversation.pair_free_at, p_from) + p_messages * interval '6 seconds';
  return p_conversation;
end $$;
