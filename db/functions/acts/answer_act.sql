-- Returns the act after its customer's answer, in memory: `yes`, `no`, or `changed` when the company no longer declares the tool as it was.
-- A tap counts when it was stored within the act's time, and is acted on at most fifteen minutes after that. Only an act that nobody has
-- answered, or whose effect is yet to be had, changes.
create or replace function answer_act(p_act acts, p_answer text, p_message_id uuid, p_needs_approval boolean) returns acts language plpgsql as $$
declare
  v_tapped_at timestamptz;
begin
  -- Approved, and the bot was away for too long: what was asked may be over by now.
  if p_answer = 'yes' and p_act.state = 'confirmed' and p_act.decided_at < clock_timestamp() - interval '1 hour' then
    p_act.state := 'expired';
    p_act.ended_at := clock_timestamp();
    return p_act;
  end if;
  if p_answer = 'yes' and p_act.state in ('confirmed', 'executing') then return begin_attempt(p_act); end if;
  if p_answer = 'no' and p_act.state in ('proposed', 'awaiting_approval', 'confirmed')
     or p_answer = 'changed' and p_act.state in ('proposed', 'confirmed') then
    p_act.state := 'cancelled';
    p_act.code := case p_answer when 'no' then 'customer' else p_answer end;
    p_act.answered_by := coalesce(p_message_id, p_act.answered_by);
    p_act.ended_at := clock_timestamp();
    return p_act;
  end if;
  if p_answer <> 'yes' or p_act.state <> 'proposed' then return p_act; end if;

  select created_at into v_tapped_at from messages
    where id = p_message_id and conversation_id = p_act.conversation_id and direction = 'in';
  if v_tapped_at is null then return p_act; end if;
  p_act.answered_by := p_message_id;
  if v_tapped_at > p_act.expires_at or clock_timestamp() > p_act.expires_at + interval '15 minutes' then
    p_act.state := 'expired';
    p_act.ended_at := clock_timestamp();
    return p_act;
  end if;
  p_act.confirmed_at := clock_timestamp();
  if p_needs_approval then
    p_act.state := 'awaiting_approval';
    return p_act;
  end if;
  return begin_attempt(p_act);
end $$;
