-- Returns when the conversation began that ended with the message of `p_end`: after a day of silence or a close, and at most seven days
-- before. Locks nothing.
create or replace function conversation_began(p_conversation_id uuid, p_end timestamptz) returns timestamptz language sql stable as $$
  with said as (
    select m.created_at as at, lag(m.created_at) over (order by m.created_at, m.id) as before
      from messages m left join turns t on t.id = m.turn_id
      where m.conversation_id = p_conversation_id and m.created_at > p_end - interval '7 days' and m.created_at <= p_end and is_said(m, t.rung))
  select max(at) from said
    where before is null or before <= at - interval '1 day' or exists (
      select from audit_log a where a.conversation_id = p_conversation_id and a.act = 'conversation.close' and a.at >= before and a.at < said.at)
$$;
