-- Returns who has a conversation that another app gives back: an operator if a handoff is open, unless the wait for one is over; otherwise
-- the bot.
create or replace function owner_after_handover(p_conversation_id uuid) returns text language plpgsql as $$
begin
  return case when exists (select from handoffs where conversation_id = p_conversation_id and handed_back_at is null
                             and (taken_at is not null or told_at is null))
    then 'human' else 'bot' end;
end $$;
