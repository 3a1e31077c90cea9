-- Writes a turn's last state and its record; without a record, the code of what ended this attempt. While its draft is still to be sent,
-- the messages' time is that of the last possible send. Locks the turn, then its messages.
create or replace function end_turn(p_finish jsonb, p_state text) returns void language plpgsql as $$
declare
  v_turn_id uuid := (p_finish ->> 'turnId')::uuid;
begin
  if jsonb_typeof(p_finish -> 'record') = 'object' then
    perform record_turn(v_turn_id, p_state, p_finish -> 'record');
  else
    update turns set state = p_state, ended_at = clock_timestamp(), errors = errors || coalesce(to_jsonb(p_finish ->> 'failure'), '[]')
      where id = v_turn_id;
  end if;
  if p_state in ('retry', 'drafted') then
    update messages set updated_at = clock_timestamp()
      where turn_id = v_turn_id and direction = 'out' and state in ('draft', 'ambiguous');
  end if;
end $$;
