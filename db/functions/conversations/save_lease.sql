-- Writes a conversation back of which only the lease, the rates and the customer's use have changed: nothing that a list shows, so
-- `changed_at` stays and no index is touched. The caller has locked the row before reading it.
create or replace function save_lease(p_conversation conversations) returns void language plpgsql as $$
begin
  update conversations set
      epoch = p_conversation.epoch,
      lease_expires_at = p_conversation.lease_expires_at,
      retry_at = p_conversation.retry_at,
      attempts = p_conversation.attempts,
      pair_free_at = p_conversation.pair_free_at,
      usage_day = p_conversation.usage_day,
      usage_turns = p_conversation.usage_turns,
      usage_sound_s = p_conversation.usage_sound_s,
      repeat_key = p_conversation.repeat_key,
      repeat_count = p_conversation.repeat_count,
      at_once = p_conversation.at_once
    where id = p_conversation.id;
end $$;
