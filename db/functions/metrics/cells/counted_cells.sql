-- Returns what a span of whole slots holds, counted anew; hours once more by few labels (`metric_label_sets`). Locks nothing.
create or replace function counted_cells(p_grain text, p_from timestamptz, p_to timestamptz, p_now timestamptz)
returns table (o_tenant_id uuid, o_source text, o_at timestamptz, o_metric text, o_labels jsonb, o_bucket smallint, o_n bigint) language sql stable as $$
  with finer as materialized (select * from finer_cells(p_grain, p_from, p_to, p_now)),
  summed as materialized (
    select o_tenant_id as tenant_id, o_source as source, date_trunc(p_grain, o_at, 'UTC') as at, o_metric as metric, o_labels as labels,
           o_bucket as bucket, sum(o_n)::bigint as n
      from finer where p_grain <> 'minute' group by 1, 2, 3, 4, 5, 6)
  select * from finer where p_grain = 'minute'
  union all
  select * from summed
  union all
  select c.tenant_id, c.source, c.at, s.o_metric || ':' || array_to_string(s.o_labels, ','),
         coalesce((select jsonb_object_agg(name, c.labels -> name) from unnest(s.o_labels) name where c.labels ? name), '{}'), c.bucket, sum(c.n)::bigint
    from summed c join metric_label_sets() s on s.o_metric = c.metric where p_grain = 'hour' group by 1, 2, 3, 4, 5, 6
$$;
