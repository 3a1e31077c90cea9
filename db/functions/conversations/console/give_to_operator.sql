-- Gives a conversation to an operator of the console, or with null to whoever of them takes it next. It is open and awake then, and no
-- pause ends by itself as one from the phone app does. Changes the row in memory: the caller saves it.
create or replace function give_to_operator(p_conversation conversations, p_operator_id uuid) returns conversations language plpgsql as $$
begin
  p_conversation := assign_conversation(p_conversation, 'human');
  p_conversation.assignee_id := p_operator_id;
  p_conversation.bot_resumes_at := null;
  return open_again(p_conversation);
end $$;
