-- Gives a conversation back to the bot when its customer writes and nobody has come: the wait is over, or a day has passed, whatever the
-- opening hours. The handoff stays open. Changes the conversation in memory: the caller has locked and saves it; this locks the handoff.
create or replace function go_on_after_wait(p_conversation conversations) returns conversations language plpgsql as $$
begin
  update handoffs set told_at = coalesce(told_at, clock_timestamp())
    where conversation_id = p_conversation.id and handed_back_at is null and taken_at is null
      and (due_at <= clock_timestamp() or opened_at <= clock_timestamp() - interval '24 hours');
  if found then return assign_conversation(p_conversation, 'bot'); end if;
  return p_conversation;
end $$;
