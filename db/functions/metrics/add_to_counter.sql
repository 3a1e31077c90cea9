-- Adds events to the counters of one minute. Locks two counters, always in the same order.
create or replace function add_to_counter(p_tenant_id uuid, p_at timestamptz, p_metric text, p_labels jsonb, p_bucket smallint, p_n bigint) returns void
language plpgsql as $$
begin
  insert into metric_counters as c (tenant_id, metric, grain, at, labels, source, buckets, counts)
    select p_tenant_id, x.metric, 'minute', date_trunc('minute', p_at, 'UTC'), x.labels, p_metric, array[x.bucket], array[p_n]
      from (values (p_metric, p_labels, p_bucket), ('rows', jsonb_build_object('source', p_metric), 0::smallint)) x (metric, labels, bucket)
    on conflict (tenant_id, metric, grain, at, labels) do update set (buckets, counts) = (
      select o_buckets, o_counts from merge_counts(c.buckets, c.counts, excluded.buckets, excluded.counts));
end $$;
