-- Returns the fates of the customers' messages that were stored in a span of whole minutes, by the minute in which they were. The bot answered, or
-- an operator did within a week or closed the conversation; `waiting`: with a person, whose time to answer (that of the handoff, anew for each
-- message) has not run out, or with the bot for less than two minutes; `quiet`: of another bot, which is not answered; `dead`: given up; `none`:
-- unanswered. Locks nothing.
create or replace function answered_cells(p_from timestamptz, p_to timestamptz, p_now timestamptz)
returns table (o_tenant_id uuid, o_at timestamptz, o_metric text, o_labels jsonb, o_bucket smallint, o_n bigint) language sql stable as $$
  with wanted as materialized (
    select m.tenant_id, m.conversation_id, m.created_at, m.state, t.state = 'answered' as answered, t.rung
      from messages m left join turns t on t.id = m.turn_id
      where m.created_at >= p_from and m.created_at < p_to and m.direction = 'in' and (m.seq is not null or m.turn_id is not null)),
  fates as (
    select s.tenant_id, date_trunc('minute', s.created_at, 'UTC') as at, case
        when s.state in ('dead', 'dropped') then 'dead'
        when s.answered and s.rung = 'operator' then 'person'
        when s.answered and s.rung = 'quiet' then 'quiet'
        when s.answered and s.rung <> 'none' then 'bot'
        when exists (select from messages o where o.conversation_id = s.conversation_id and o.author = 'operator' and o.state <> 'withheld'
                       and o.created_at > s.created_at and o.created_at < s.created_at + interval '7 days')
          or exists (select from audit_log a where a.conversation_id = s.conversation_id and a.act = 'conversation.close'
                       and a.at > s.created_at and a.at < s.created_at + interval '7 days') then 'person'
        when exists (select from handoffs h where h.conversation_id = s.conversation_id and h.handed_back_at is null
                       and greatest(h.due_at, s.created_at + (h.due_at - h.opened_at)) > p_now)
          or s.created_at > p_now - interval '2 minutes' then 'waiting'
        else 'none' end as fate
      from wanted s)
  select tenant_id, at, 'answered', jsonb_build_object('result', fate), 0::smallint, count(*) from fates group by tenant_id, at, fate
$$;
