-- Adds one event of now to the counters of its minute, a duration where `p_ms` is one: for what leaves no rows, such as a check of a dependency.
-- Locks two counters, always in the same order.
create or replace function record_metric(p_tenant_id uuid, p_metric text, p_labels jsonb, p_ms float8) returns void language plpgsql as $$
begin
  insert into metric_counters as c (tenant_id, metric, grain, at, labels, source, buckets, counts)
    select p_tenant_id, x.metric, 'minute', date_trunc('minute', clock_timestamp(), 'UTC'), x.labels, p_metric, array[x.bucket], array[1]
      from (values (p_metric, p_labels, coalesce(metric_bucket(p_ms), 0::smallint)),
                   ('rows', jsonb_build_object('source', p_metric), 0::smallint)) x (metric, labels, bucket)
    on conflict (tenant_id, metric, grain, at, labels) do update set (buckets, counts) = (
      select array_agg(bucket order by bucket), array_agg(n order by bucket) from (
        select bucket, sum(n)::bigint as n from (
          select * from unnest(c.buckets, c.counts) union all select * from unnest(excluded.buckets, excluded.counts)) u (bucket, n)
          group by bucket) merged);
end $$;
