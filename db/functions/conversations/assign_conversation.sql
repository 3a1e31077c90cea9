-- Gives a conversation to the bot, an operator (`human`) or another app; with `p_bot_resumes_at`, to an operator until then. With the
-- bot, no operator of the console has it any more. Changes the row in memory: the caller saves it.
create or replace function assign_conversation(p_conversation conversations, p_status text, p_bot_resumes_at timestamptz default null)
returns conversations language plpgsql as $$
begin
  p_conversation.status := p_status;
  p_conversation.bot_resumes_at := case when p_status <> 'bot' then greatest(p_conversation.bot_resumes_at, p_bot_resumes_at) end;
  p_conversation.assignee_id := case when p_status <> 'bot' then p_conversation.assignee_id end;
  return p_conversation;
end $$;
