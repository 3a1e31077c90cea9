-- Sends no further notice about the rate limit before the given time. Changes the row in memory: the caller saves it.
create or replace function postpone_limit_notice(p_conversation conversations, p_until timestamptz) returns conversations language plpgsql as $$
begin
  p_conversation.next_limit_notice_at := greatest(p_conversation.next_limit_notice_at, p_until);
  return p_conversation;
end $$;
