-- Returns the time for a message of ours: now, or that of the conversation's latest message, since times of one conversation only grow,
-- whatever the clocks of the two sides say. Among the newest twenty, because each reply is the latest of all before it. The caller
-- has locked the conversation.
create or replace function next_sent_at(p_conversation_id uuid) returns timestamptz language plpgsql as $$
begin
  return greatest(clock_timestamp(), (
    select max(sent_at) from (
      select sent_at from messages where conversation_id = p_conversation_id order by created_at desc, id desc limit 20) newest));
end $$;
