-- Returns what is counted of the conversations that ended in a span of whole minutes, by the minute of their last message: an operator closed
-- them, or nobody wrote for a day, which is known a day later. Locks nothing.
create or replace function conversation_cells(p_from timestamptz, p_to timestamptz)
returns table (o_tenant_id uuid, o_at timestamptz, o_metric text, o_labels jsonb, o_bucket smallint, o_n bigint) language sql stable as $$
  with said as materialized (
    select m.tenant_id, m.conversation_id, m.created_at as at, m.direction, t.state as turn_state, t.rung, (
        select n.created_at from messages n left join turns u on u.id = n.turn_id
          where n.conversation_id = m.conversation_id and (n.created_at, n.id) > (m.created_at, m.id) and is_said(n, u.rung)
          order by n.created_at, n.id limit 1) as next_at
      from messages m left join turns t on t.id = m.turn_id
      where m.created_at >= p_from and m.created_at < p_to and is_said(m, t.rung)),
  ended as materialized (
    select s.*, c.closed, conversation_began(s.conversation_id, s.at) as began_at
      from said s, lateral (select exists (
          select from audit_log a where a.conversation_id = s.conversation_id and a.act = 'conversation.close' and a.at >= s.at
            and a.at < coalesce(s.next_at, 'infinity')) as closed) c
      where s.next_at is null or s.next_at >= s.at + interval '1 day' or c.closed),
  told as materialized (
    select e.tenant_id, e.conversation_id, e.began_at, e.at as ended_at, date_trunc('minute', e.at, 'UTC') as at, extract(epoch from e.at - e.began_at)::float8 * 1000 as ms, w.messages, w.intent, w.version,
           case when w.person then case when w.bot then 'mixed' else 'person' end when w.bot then 'bot' else 'nobody' end as served_by,
           case when exists (select from csat r where r.conversation_id = e.conversation_id and r.score <= 2
                               and r.created_at > e.at and r.created_at < e.at + interval '1 day') then 'rated_low'
                when e.closed then 'resolved'
                when e.direction = 'in' and not coalesce(e.turn_state = 'answered' and e.rung not in ('quiet', 'none'), false)
                  or exists (select from handoffs h where h.conversation_id = e.conversation_id and h.opened_at > e.began_at
                               and h.opened_at < e.at + interval '1 hour' and coalesce(h.taken_at > e.at + interval '1 day', true)) then 'unresolved'
                else 'resolved' end as result
      from ended e, lateral (
        select count(*) as messages, bool_or(m.author = 'operator') as person, bool_or(m.author = 'bot') as bot,
               coalesce((array_agg(t.intent order by m.created_at desc) filter (where t.intent not in ('greeting', 'thanks_goodbye', 'general')))[1],
                        (array_agg(t.intent order by m.created_at desc) filter (where t.intent is not null))[1]) as intent,
               (array_agg(t.version order by m.created_at desc) filter (where t.version is not null))[1]::text as version
          from messages m left join turns t on t.id = m.turn_id
          where m.conversation_id = e.conversation_id and m.created_at >= e.began_at and m.created_at <= e.at and is_said(m, t.rung)) w)
  select tenant_id, at, 'rows', '{"source": "conversations"}'::jsonb, 0::smallint, sum(messages)::bigint from told group by 1, 2
  union all
  select tenant_id, at, 'conversations', jsonb_strip_nulls(jsonb_build_object('served_by', served_by, 'intent', intent, 'result', result,
         'version', version)), 0::smallint, count(*)
    from told group by tenant_id, at, served_by, intent, result, version
  union all
  -- What the bot did not serve is contained by no definition.
  select tenant_id, at, 'containment', f.labels, 0::smallint, count(*)
    from told, lateral (select jsonb_strip_nulls(jsonb_build_object('served_by', served_by, 'intent', intent, 'version', version))
             || case when served_by in ('bot', 'mixed') then conversation_facts(conversation_id, began_at, ended_at) else '{}' end) f (labels)
    group by tenant_id, at, f.labels
  union all
  select tenant_id, at, 'resolution', jsonb_build_object('served_by', served_by), metric_bucket(ms), count(*)
    from told group by tenant_id, at, served_by, metric_bucket(ms)
$$;
