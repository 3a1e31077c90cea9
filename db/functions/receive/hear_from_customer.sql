-- The conversation after a message of its customer: Meta's window is open again, and it may have changed hands. The row is locked by
-- the caller, who also writes it; a handoff that is over by now is closed here.
create or replace function hear_from_customer(conversation conversations, p_sent_at timestamptz, p_standby boolean) returns conversations
language plpgsql as $$
begin
  -- Meta delivers for seven days: an older time is no time to count from.
  conversation.window_ends_at := greatest(conversation.window_ends_at, interval '24 hours'
    + case when p_sent_at > clock_timestamp() - interval '8 days' then p_sent_at else clock_timestamp() end);
  if p_standby then
    conversation.status := 'other_app';
  elsif conversation.status = 'other_app' then
    -- Meta gives it to us, so it is ours again.
    conversation.status := case when exists (select from handoffs where conversation_id = conversation.id and handed_back_at is null)
                                then 'human' else 'bot' end;
  elsif conversation.status = 'human' and conversation.bot_resumes_at < clock_timestamp() then
    update handoffs set handed_back_at = clock_timestamp() where conversation_id = conversation.id and handed_back_at is null;
    conversation.status := 'bot';
    conversation.bot_resumes_at := null;
  end if;
  return conversation;
end $$;
