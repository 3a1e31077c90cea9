-- True while another process holds the conversation, or while it waits for its next attempt.
create or replace function is_leased(p_conversation conversations) returns boolean language plpgsql as $$
begin
  return coalesce(p_conversation.lease_expires_at > clock_timestamp(), false) or coalesce(p_conversation.retry_at > clock_timestamp(), false);
end $$;
