-- Takes the lease of a conversation and saves it; counts `resumed` when an earlier process died, failed or never started. The caller
-- has locked the conversation; counters come last.
create or replace function take_lease(p_conversation conversations, p_lease_ms integer, p_counters text[]) returns conversations language plpgsql as $$
begin
  if p_conversation.lease_expires_at is not null or p_conversation.retry_at is not null
     or (p_conversation.attempts = 0 and p_conversation.unread_since < clock_timestamp() - interval '5 seconds') then
    p_counters := p_counters || 'resumed'::text;
  end if;
  p_conversation := change_lease(p_conversation, 'take', p_lease_ms);
  perform save_conversation(p_conversation);
  if p_counters <> '{}' then perform raise_counters(p_conversation.tenant_id, p_counters); end if;
  return p_conversation;
end $$;
