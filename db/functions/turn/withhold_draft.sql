-- Ends a turn whose reply may not be sent: what it was to answer is answered by it, or is the person's to read. The conversation's row
-- is locked by the caller, and written here with what was used today.
create or replace function withhold_draft(conversation conversations, p_turn uuid, p_through bigint) returns void language plpgsql as $$
begin
  if conversation.status = 'bot' then
    update messages set turn_id = p_turn
      where conversation_id = conversation.id and direction = 'in' and turn_id is null
        and seq > conversation.answered_seq and seq <= p_through;
  end if;
  update conversations set lease_expires_at = null, answered_seq = received_seq, open_since = null, attempts = 0,
      usage_day = conversation.usage_day, usage_turns = conversation.usage_turns, usage_sound_s = conversation.usage_sound_s,
      repeat_key = conversation.repeat_key, repeat_count = conversation.repeat_count
    where id = conversation.id;
end $$;
