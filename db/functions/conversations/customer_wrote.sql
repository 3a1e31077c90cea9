-- Updates a conversation after a message of its customer: Meta's window opens again, a closed or snoozed conversation is back in the
-- lists, and a pause of the bot may be over; then its handoff is closed. The caller has locked the row and saves it.
create or replace function customer_wrote(p_conversation conversations, p_sent_at timestamptz, p_standby boolean) returns conversations
language plpgsql as $$
begin
  p_conversation := open_again(note_activity(p_conversation, clock_timestamp()));
  -- Meta delivers for seven days: an older time is not trusted.
  p_conversation := extend_window(p_conversation, interval '24 hours'
    + case when p_sent_at > clock_timestamp() - interval '8 days' then p_sent_at else clock_timestamp() end);
  if p_standby then
    return assign_conversation(p_conversation, 'other_app');
  elsif p_conversation.status = 'other_app' then
    -- The message came to us, so Meta has given the conversation back.
    return assign_conversation(p_conversation, owner_after_handover(p_conversation.id));
  elsif p_conversation.status = 'human' and p_conversation.bot_resumes_at < clock_timestamp() then
    perform close_handoff(p_conversation.id);
    return assign_conversation(p_conversation, 'bot');
  elsif p_conversation.status = 'human' and p_conversation.bot_resumes_at is null then
    return go_on_after_wait(p_conversation);
  end if;
  return p_conversation;
end $$;
