-- Returns what a span of whole slots holds, counted anew: minutes from their rows, days from hours. Hours from minutes while those are kept, later
-- from rows, and once more by single labels (`metric_splits`). Locks nothing.
create or replace function counted_cells(p_grain text, p_from timestamptz, p_to timestamptz, p_now timestamptz)
returns table (o_tenant_id uuid, o_source text, o_at timestamptz, o_metric text, o_labels jsonb, o_bucket smallint, o_n bigint) language sql stable as $$
  with finer as (
    select r.* from counted_rows(p_from, p_to, p_now) r where p_grain = 'hour' and p_to <= minutes_kept_from(p_now)
    union all
    select c.tenant_id, c.source, c.at, c.metric, c.labels, u.bucket, u.n
      from metric_counters c, unnest(c.buckets, c.counts) u (bucket, n)
      where p_grain <> 'minute' and c.grain = case p_grain when 'hour' then 'minute' else 'hour' end and c.at >= p_from and c.at < p_to
        and not (p_grain = 'hour' and p_to <= minutes_kept_from(p_now) and c.source = any (array['turns', 'messages', 'handoffs', 'ratings', 'conversations']))),
  summed as materialized (
    select o_tenant_id as tenant_id, o_source as source, date_trunc(p_grain, o_at, 'UTC') as at, o_metric as metric, o_labels as labels,
           o_bucket as bucket, sum(o_n)::bigint as n
      from finer group by 1, 2, 3, 4, 5, 6)
  select * from counted_rows(p_from, p_to, p_now) where p_grain = 'minute'
  union all
  select * from summed
  union all
  select c.tenant_id, c.source, c.at, s.o_metric || ':' || s.o_label, jsonb_strip_nulls(jsonb_build_object(s.o_label, c.labels -> s.o_label)),
         c.bucket, sum(c.n)::bigint
    from summed c join metric_splits() s on s.o_metric = c.metric where p_grain = 'hour' group by 1, 2, 3, 4, 5, 6
$$;
