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
    select * from metric_counters
      where grain = p_grain and at >= p_from and at < p_to and (v_sources is null or source = any (v_sources))),
  lessened as (
    select p.tenant_id, p.source, p.at
      from present p left join found f on f.tenant_id = p.tenant_id and f.source = p.source and f.at = p.at and f.metric = 'rows' and f.labels = p.labels
      where p.metric = 'rows' and p.counts[1] > coalesce(f.counts[1], 0)),
  changed as (
    select f.* from found f left join present p on p.tenant_id = f.tenant_id and p.metric = f.metric and p.at = f.at and p.labels = f.labels
      where (p.buckets, p.counts) is distinct from (f.buckets, f.counts)
        and not exists (select from lessened l where l.tenant_id = f.tenant_id and l.source = f.source and l.at = f.at)),
  vanished as (
    delete from metric_counters c using present p left join found f on f.tenant_id = p.tenant_id and f.metric = p.metric and f.at = p.at and f.labels = p.labels
      where f.metric is null and c.tenant_id = p.tenant_id and c.metric = p.metric and c.grain = p.grain and c.at = p.at and c.labels = p.labels
        and not exists (select from lessened l where l.tenant_id = p.tenant_id and l.source = p.source and l.at = p.at))
  insert into metric_counters (tenant_id, metric, grain, at, labels, source, buckets, counts)
    select tenant_id, metric, p_grain, at, labels, source, buckets, counts from changed
    on conflict (tenant_id, metric, grain, at, labels) do update set source = excluded.source, buckets = excluded.buckets, counts = excluded.counts;
end $$;
