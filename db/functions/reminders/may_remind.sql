-- True while the reminder of this turn may be sent, and for every other turn: its appointment was neither cancelled nor moved since, and it
-- is not too late. Locks nothing.
create or replace function may_remind(p_conversation_id uuid, p_turn_id uuid) returns boolean language plpgsql stable as $$
begin
  return not exists (select from turns where id = p_turn_id and rung = 'reminder')
    or exists (select from reminders where conversation_id = p_conversation_id and turn_id = p_turn_id and late_at > clock_timestamp());
end $$;
