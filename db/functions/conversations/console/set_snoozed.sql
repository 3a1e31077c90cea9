-- Hides a conversation from the lists until the given time; null wakes it. Changes the row in memory: the caller saves it.
create or replace function set_snoozed(p_conversation conversations, p_until timestamptz) returns conversations language plpgsql as $$
begin
  p_conversation.snoozed_until := p_until;
  return p_conversation;
end $$;
