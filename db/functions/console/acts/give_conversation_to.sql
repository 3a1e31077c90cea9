-- Gives a conversation to an operator of the console: its handoff, opened if there is none, is theirs, and the bot is silent. Changes the
-- conversation in memory: the caller has locked and saves it; this locks the handoff.
create or replace function give_conversation_to(p_conversation conversations, p_operator_id uuid) returns conversations language plpgsql as $$
begin
  perform open_handoff(p_conversation, null, 'taken_over', 'An operator took the conversation in the console.');
  perform mark_taken_by(p_conversation.id, p_operator_id);
  return give_to_operator(p_conversation, p_operator_id);
end $$;
