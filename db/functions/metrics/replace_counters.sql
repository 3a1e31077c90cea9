-- Counts a span of whole slots anew and puts the result in the place of what was counted before, so that doing it again changes nothing
-- twice. A slot of which rows have been deleted meanwhile stays as it is: figures outlive their rows. What is equal is not written. Locks
-- the counters that change; only one process at a time is here (`roll_up`).
create or replace function replace_counters(p_grain text, p_from timestamptz, p_to timestamptz, p_now timestamptz) returns void language plpgsql as $$
declare
  -- Others are counted as they happen: in hours and days alone they are sums.
  v_sources text[] := case p_grain when 'minute' then array['turns', 'messages', 'handoffs', 'ratings', 'conversations'] end;
begin
  with found as materialized (
    select o_tenant_id as tenant_id, o_source as source, o_at as at, o_metric as metric, o_labels as labels,
           array_agg(o_bucket order by o_bucket) as buckets, array_agg(o_n order by o_bucket) as counts
      from bounded_cells(p_grain, p_from, p_to, p_now) group by 1, 2, 3, 4, 5),
  present as materialized (
    select ctid as place, * from metric_counters
      where grain = p_grain and at >= p_from and at < p_to and (v_sources is null or source = any (v_sources))),
  -- A full join is never a loop in a loop, however few rows the planner expects.
  compared as materialized (
    select tenant_id, metric, at, labels, coalesce(f.source, p.source) as source, f.buckets, f.counts, p.counts as old_counts, p.place,
           (f.buckets, f.counts) is distinct from (p.buckets, p.counts) as differs
      from found f full join present p using (tenant_id, metric, at, labels)),
  lessened as materialized (
    select tenant_id, source, at from compared where metric = 'rows' and old_counts[1] > coalesce(counts[1], 0)),
  changed as materialized (
    select * from compared c
      where differs and not exists (select from lessened l where l.tenant_id = c.tenant_id and l.source = c.source and l.at = c.at)),
  vanished as (
    delete from metric_counters where ctid = any (array(select place from changed where counts is null)))
  insert into metric_counters (tenant_id, metric, grain, at, labels, source, buckets, counts)
    select tenant_id, metric, p_grain, at, labels, source, buckets, counts from changed where counts is not null
    on conflict (tenant_id, metric, grain, at, labels) do update set source = excluded.source, buckets = excluded.buckets, counts = excluded.counts;
end $$;
