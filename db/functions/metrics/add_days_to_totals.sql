-- Trigger: adds what changes in counters of days to the totals of all days, whoever changes them: the roll-up, a rebuild, the end of a
-- demonstration. Versions of a company become more without end, so totals have no such label. Locks the totals that change.
create or replace function add_days_to_totals() returns trigger language plpgsql as $$
begin
  if tg_op <> 'DELETE' then
    insert into metric_day_totals as t (tenant_id, metric, labels, buckets, counts)
      select tenant_id, metric, kept, array_agg(bucket), array_agg(n) from (
        select tenant_id, metric, labels - 'version' as kept, u.bucket, sum(u.n)::bigint as n
          from written w, unnest(w.buckets, w.counts) u (bucket, n) where grain = 'day' group by 1, 2, 3, 4) s
        group by 1, 2, 3 order by 1, 2, 3
      on conflict (tenant_id, metric, labels) do update set (buckets, counts) = (
        select o_buckets, o_counts from merge_counts(t.buckets, t.counts, excluded.buckets, excluded.counts));
  end if;
  if tg_op <> 'INSERT' then
    -- No total where its company is gone too.
    update metric_day_totals t set (buckets, counts) = (select o_buckets, o_counts from merge_counts(t.buckets, t.counts, s.buckets, s.counts))
      from (
        select tenant_id, metric, kept, array_agg(bucket) as buckets, array_agg(n) as counts from (
          select tenant_id, metric, labels - 'version' as kept, u.bucket, -sum(u.n)::bigint as n
            from replaced r, unnest(r.buckets, r.counts) u (bucket, n) where grain = 'day' group by 1, 2, 3, 4) g
          group by 1, 2, 3) s
      where t.tenant_id = s.tenant_id and t.metric = s.metric and t.labels = s.kept;
  end if;
  return null;
end $$;
create or replace trigger metric_counters_added after insert on metric_counters
  referencing new table as written for each statement execute function add_days_to_totals();
create or replace trigger metric_counters_changed after update on metric_counters
  referencing new table as written old table as replaced for each statement execute function add_days_to_totals();
create or replace trigger metric_counters_deleted after delete on metric_counters
  referencing old table as replaced for each statement execute function add_days_to_totals();
