-- Closes a conversation: the bot has it, and what it was to know is over. Changes the row in memory: the caller saves it.
create or replace function set_closed(p_conversation conversations) returns conversations language plpgsql as $$
begin
  if p_conversation.status = 'human' then p_conversation := assign_conversation(p_conversation, 'bot'); end if;
  p_conversation := open_again(p_conversation);
  p_conversation.closed_at := clock_timestamp();
  p_conversation.bot_note := null;
  return p_conversation;
end $$;
