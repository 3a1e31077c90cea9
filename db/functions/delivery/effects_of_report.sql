-- Returns the effects of a failed status report on one of our messages, for apply_failure; `p_effect` is that of its codes. A template
-- that fails leaves its customer without an answer, and a throttle that comes as a report has lost the message. What an operator wrote is
-- said in no other way: an operator is called, if the bot has the conversation by then. Locks nothing.
create or replace function effects_of_report(p_message_id uuid, p_effect text) returns text[] language plpgsql stable as $$
begin
  return (select case
      when operator_id is not null then case
        when p_effect in ('reengage', 'plain_form') then '{call_operator}'::text[]
        when p_effect = 'slow_down' then '{slow_down,call_operator}'
        when p_effect is not null then array[p_effect]
        else '{}' end
      -- Nobody has asked for a reminder, so that nothing is left unanswered.
      when exists (select from turns t where t.id = m.turn_id and t.rung = 'reminder') then
        case when p_effect in ('unreachable', 'no_marketing', 'slow_down') then array[p_effect] else '{}' end
      when type = 'template' and author = 'bot' then
        case when p_effect in ('unreachable', 'no_marketing', 'slow_down') then array[p_effect, 'reengage'] else '{reengage}' end
      when p_effect = 'plain_form' then array['plain_form:' || m.id]
      when p_effect = 'slow_down' then array['slow_down', 'plain_form:' || m.id]
      when p_effect is not null then array[p_effect]
      else '{}' end
    from messages m where m.id = p_message_id);
end $$;
