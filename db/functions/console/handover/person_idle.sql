-- Returns why a conversation that a person has goes back to the bot, null when it stays. `waiting`: the customer has waited for the
-- operator's next word for so many minutes, and Meta's window is open. `silent`: both have said nothing for a day. Somebody who is typing is not
-- undercut, and who only looks gets twice the time; nor is a snooze, or a pause after the phone app. Locks nothing.
create or replace function person_idle(p_conversation conversations, p_minutes integer, out o_why text, out o_since timestamptz)
language plpgsql stable as $$
declare
  v_now timestamptz := clock_timestamp();
  v_handoff handoffs;
  v_spoke_at timestamptz;
  v_asked_at timestamptz;
begin
  if p_minutes is null or p_conversation.status <> 'human' or coalesce(p_conversation.bot_resumes_at > v_now, false)
     or coalesce(p_conversation.snoozed_until > v_now, false) or is_leased(p_conversation)
     or p_conversation.received_seq > p_conversation.answered_seq then
    return;
  end if;
  select * into v_handoff from handoffs where conversation_id = p_conversation.id and handed_back_at is null;
  -- Nobody has come yet: end_waits.
  if v_handoff.id is not null and v_handoff.taken_at is null then return; end if;
  v_spoke_at := operator_spoke_at(p_conversation.id);
  select min(created_at) into v_asked_at from messages
    where conversation_id = p_conversation.id and direction = 'in' and state = 'received'
      and created_at > coalesce(v_spoke_at, v_handoff.opened_at, '-infinity');
  o_since := case when v_asked_at is not null then greatest(v_asked_at, v_handoff.taken_at)
                  when v_handoff.taken_at is not null and coalesce(v_spoke_at < v_handoff.opened_at, true) then v_handoff.taken_at end;
  if o_since is not null and p_conversation.window_ends_at > v_now + interval '1 minute' then
    if o_since <= v_now - make_interval(mins => p_minutes) and not exists (
         select from presence where conversation_id = p_conversation.id
           and (typing_until > v_now or (seen_until > v_now and o_since > v_now - make_interval(mins => 2 * p_minutes)))) then
      o_why := 'waiting';
    end if;
  elsif v_asked_at is null and coalesce(p_conversation.window_ends_at, p_conversation.created_at) < v_now
        and coalesce(greatest(v_spoke_at, v_handoff.taken_at), p_conversation.created_at) < v_now - interval '24 hours' then
    o_why := 'silent';
  end if;
end $$;
