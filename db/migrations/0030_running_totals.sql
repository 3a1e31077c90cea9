-- What others scrape are totals since the beginning: they are kept, so that a scrape does not read all days. From now on a trigger keeps them.
lock table metric_counters in share row exclusive mode;
create table metric_day_totals (
  tenant_id uuid not null references tenants (id) on delete cascade,
  metric text not null,
  labels jsonb not null,
  buckets smallint[] not null,
  counts bigint[] not null,
  primary key (tenant_id, metric, labels)
);
insert into metric_day_totals (tenant_id, metric, labels, buckets, counts)
  select tenant_id, metric, kept, array_agg(bucket order by bucket), array_agg(n order by bucket) from (
    select tenant_id, metric, labels - 'version' as kept, bucket, sum(n)::bigint as n
      from metric_counters c, unnest(c.buckets, c.counts) u (bucket, n) where grain = 'day' group by 1, 2, 3, 4) s
    group by 1, 2, 3;
