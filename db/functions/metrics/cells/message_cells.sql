-- Returns what is counted of the messages that were stored in a span of whole minutes, by the minute in which they were; their fates are in
-- `answered_cells`. What happens to them later (Meta's reports) counts in that minute too. Locks nothing.
create or replace function message_cells(p_from timestamptz, p_to timestamptz)
returns table (o_tenant_id uuid, o_at timestamptz, o_metric text, o_labels jsonb, o_bucket smallint, o_n bigint) language sql stable as $$
  with stored as materialized (
    select m.id, m.tenant_id, m.conversation_id, m.created_at, date_trunc('minute', m.created_at, 'UTC') as at, m.author, m.state, m.type, m.pricing,
           m.direction = 'in' and (m.seq is not null or m.turn_id is not null) as wants, m.direction = 'out' and m.state not in ('draft', 'withheld') as went,
           m.meta_codes ->> 0 as code, t.rung, t.intent,
           case when m.direction = 'out' and m.author = 'bot' and m.state not in ('draft', 'withheld')
                  and t.rung not in ('operator', 'notice', 'template', 'reminder', 'plain_form') then
             -- Parts that one statement has written may lie in two minutes.
             case when exists (
                 select from messages e where e.turn_id = m.turn_id and e.direction = 'out' and e.state not in ('draft', 'withheld')
                   and (e.created_at, e.id) < (m.created_at, m.id)) then 'further' else 'first' end end as part
      from messages m left join turns t on t.id = m.turn_id
      where m.created_at >= p_from and m.created_at < p_to)
  select tenant_id, at, 'rows', '{"source": "messages"}'::jsonb, 0::smallint, count(*) from stored group by 1, 2
  union all
  select tenant_id, at, 'received', jsonb_build_object('type', left(type, 64)), 0::smallint, count(*)
    from stored where wants group by tenant_id, at, left(type, 64)
  union all
  select tenant_id, at, 'sent', jsonb_strip_nulls(jsonb_build_object('author', author, 'result', state, 'code', case state when 'failed' then left(code, 64) end)),
         0::smallint, count(*)
    from stored where went group by tenant_id, at, author, state, case state when 'failed' then left(code, 64) end
  union all
  select s.tenant_id, s.at, 'billed', jsonb_strip_nulls(jsonb_build_object('category', left(s.pricing ->> 'category', 64), 'country', p.country,
           -- `billable` is being retired; what is free says so by its type.
           'billed', coalesce(s.pricing ->> 'type' = 'regular', s.pricing ->> 'billable' = 'true')::text, 'type', nullif(s.part, 'first'))), 0::smallint, count(*)
    from stored s join conversations c on c.id = s.conversation_id join customers u on u.id = c.customer_id,
         lateral (select coalesce(phone_country(u.phone), substring(u.wa_user_id from '^[A-Z]{2}(?=\.)')) as country) p
    where s.went and s.state in ('sent', 'delivered', 'read', 'played') and jsonb_typeof(s.pricing) = 'object'
    group by s.tenant_id, s.at, left(s.pricing ->> 'category', 64), p.country, coalesce(s.pricing ->> 'type' = 'regular', s.pricing ->> 'billable' = 'true'),
             nullif(s.part, 'first')
  union all
  select tenant_id, at, 'parts', jsonb_strip_nulls(jsonb_build_object('intent', intent, 'type', part)), 0::smallint, count(*)
    from stored where part is not null group by tenant_id, at, intent, part
  union all
  -- By the first message of their day.
  select s.tenant_id, s.at, 'people', jsonb_build_object('type', case when u.created_at >= date_trunc('day', s.at, 'UTC') then 'new' else 'returning' end),
         0::smallint, count(*)
    from stored s join conversations c on c.id = s.conversation_id join customers u on u.id = c.customer_id
    where s.author = 'customer' and not exists (
      select from messages e where e.conversation_id = s.conversation_id and e.author = 'customer'
        and e.created_at >= date_trunc('day', s.at, 'UTC') and (e.created_at, e.id) < (s.created_at, s.id))
    group by s.tenant_id, s.at, u.created_at >= date_trunc('day', s.at, 'UTC')
$$;
