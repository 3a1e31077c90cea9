-- Sets what an operator wants the bot to know; null: nothing. Changes the row in memory: the caller saves it.
create or replace function set_bot_note(p_conversation conversations, p_note text) returns conversations language plpgsql as $$
begin
  p_conversation.bot_note := p_note;
  return p_conversation;
end $$;
