-- Writes a changed conversation back, all columns in one update: each version of this row costs more than its columns do. The caller
-- has locked the row before reading it, so nothing is overwritten.
create or replace function save_conversation(p_conversation conversations) returns void language plpgsql as $$
begin
  update conversations set
      customer_id = p_conversation.customer_id,
      status = p_conversation.status,
      bot_resumes_at = p_conversation.bot_resumes_at,
      window_ends_at = p_conversation.window_ends_at,
      received_seq = p_conversation.received_seq,
      answered_seq = p_conversation.answered_seq,
      unread_since = p_conversation.unread_since,
      epoch = p_conversation.epoch,
      lease_expires_at = p_conversation.lease_expires_at,
      retry_at = p_conversation.retry_at,
      attempts = p_conversation.attempts,
      previous_rung = p_conversation.previous_rung,
      next_limit_notice_at = p_conversation.next_limit_notice_at,
      reengaged_at = p_conversation.reengaged_at,
      pair_free_at = p_conversation.pair_free_at,
      usage_day = p_conversation.usage_day,
      usage_turns = p_conversation.usage_turns,
      usage_sound_s = p_conversation.usage_sound_s,
      repeat_key = p_conversation.repeat_key,
      repeat_count = p_conversation.repeat_count,
      at_once = p_conversation.at_once,
      assignee_id = p_conversation.assignee_id,
      snoozed_until = p_conversation.snoozed_until,
      closed_at = p_conversation.closed_at,
      flagged_at = p_conversation.flagged_at,
      bot_note = p_conversation.bot_note,
      rated_seq = p_conversation.rated_seq,
      why_until = p_conversation.why_until,
      last_at = p_conversation.last_at,
      changed_at = clock_timestamp(),
      changed_minute = date_trunc('minute', clock_timestamp())
    where id = p_conversation.id;
end $$;
