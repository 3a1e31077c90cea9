-- Returns what is counted of the handoffs that were opened and the ratings that were asked for in a span of whole minutes, by that minute.
-- Locks nothing.
create or replace function handoff_cells(p_from timestamptz, p_to timestamptz)
returns table (o_tenant_id uuid, o_source text, o_at timestamptz, o_metric text, o_labels jsonb, o_bucket smallint, o_n bigint) language sql stable as $$
  with opened as materialized (
    select tenant_id, date_trunc('minute', opened_at, 'UTC') as at, left(reason, 64) as reason, extract(epoch from taken_at - opened_at)::float8 * 1000 as ms
      from handoffs where opened_at >= p_from and opened_at < p_to),
  asked as materialized (
    select tenant_id, date_trunc('minute', created_at, 'UTC') as at, intent, served_by, score,
           (select t.version::text from turns t where t.conversation_id = csat.conversation_id and t.started_at <= csat.created_at and t.version is not null
              order by t.started_at desc limit 1) as version
      from csat where created_at >= p_from and created_at < p_to)
  select tenant_id, 'handoffs', at, 'rows', '{"source": "handoffs"}'::jsonb, 0::smallint, count(*) from opened group by 1, 3
  union all
  select tenant_id, 'handoffs', at, 'handoffs', jsonb_build_object('reason', reason), 0::smallint, count(*) from opened group by tenant_id, at, reason
  union all
  -- Whoever takes a conversation unasked opens and takes the handoff at once: that is no wait.
  select tenant_id, 'handoffs', at, 'first_response', '{}', metric_bucket(ms), count(*)
    from opened where ms >= 100 group by tenant_id, at, metric_bucket(ms)
  union all
  select tenant_id, 'ratings', at, 'rows', '{"source": "ratings"}', 0::smallint, count(*) from asked group by tenant_id, at
  union all
  select tenant_id, 'ratings', at, 'csat', jsonb_strip_nulls(jsonb_build_object('intent', intent, 'served_by', served_by, 'score', score::text,
         'version', version)), 0::smallint, count(*)
    from asked where score is not null group by tenant_id, at, intent, served_by, score, version
$$;
