-- Returns totals since the beginning, of all companies, for those who take figures away (AskedTotal, Total): `[[name, company, labels, [class of
-- duration, …], [n, …], sum of durations in microseconds], …]`. Reads the totals of all days, which are kept for ever, so that a total never falls
-- because minutes and hours are purged, and the hours after the last day: as much for years as for a week. Of a label with known values any other one is
-- `other`; of a head only what is before the first colon is kept.
-- A bucket is in the first class whose last bucket is not below it. Locks nothing.
create or replace function metric_totals(p_asked jsonb) returns jsonb language plpgsql stable
-- A plan for any day would read the hours of all.
set plan_cache_mode = force_custom_plan set work_mem = '32MB' as $$
declare
  v_today timestamptz := greatest(coalesce((select date_trunc('day', through, 'UTC') from metric_passes where name = 'fresh'), 'infinity'),
                                  (select max(at) + interval '1 day' from metric_counters where grain = 'day'));
begin
  return (
    with asked as materialized (
      select a.*, metric_split(metric, by || array(select jsonb_object_keys("where"))) as counters
        from jsonb_to_recordset(p_asked) as a (name text, metric text, by text[], heads text[], known jsonb, "where" jsonb, edges integer[])),
    found as materialized (
      select c.tenant_id, c.metric, c.labels, u.bucket, sum(u.n) as n from (
          select tenant_id, metric, labels, buckets, counts from metric_day_totals where metric = any (array(select counters from asked))
          union all
          select tenant_id, metric, labels, buckets, counts from metric_counters
            where grain = 'hour' and at >= v_today and metric = any (array(select counters from asked))) c,
        unnest(c.buckets, c.counts) u (bucket, n) group by 1, 2, 3, 4),
    named as materialized (
      select f.metric, f.labels, a.name, a.edges, (
          select coalesce(jsonb_object_agg(l.name, case when a.known ? l.name and not (a.known -> l.name) ? v.value then 'other' else v.value end), '{}')
            from unnest(a.by) l (name), lateral (
              select case when l.name = any (a.heads) then split_part(f.labels ->> l.name, ':', 1) else f.labels ->> l.name end as value) v
            where f.labels ? l.name) as shown
        from (select distinct metric, labels from found) f join asked a on a.counters = f.metric
        where not exists (select from jsonb_each(a."where") w where not coalesce(w.value ? (f.labels ->> w.key), false))),
    classes as (
      select n.name, f.tenant_id, n.shown, case when n.edges is null then 0 else width_bucket(f.bucket::integer - 1, n.edges) end as class, sum(f.n) as n,
             sum(case when n.edges is null then 0 else f.n * round((metric_duration(f.bucket) * 1000)::numeric) end) as us
        from named n join found f using (metric, labels) group by 1, 2, 3, 4),
    series as (
      select name, tenant_id, shown, jsonb_agg(class order by class) as classes, jsonb_agg(n order by class) as counts, sum(us) as us
        from classes group by 1, 2, 3)
    select coalesce(jsonb_agg(jsonb_build_array(name, tenant_id, shown, classes, counts, us) order by name, tenant_id, shown), '[]') from series);
end $$;
