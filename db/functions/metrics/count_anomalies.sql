-- Adds what has been counted of anomalies since the last time (`counters`, by day) to the last minute of a span, or of its day: when exactly each
-- happened is not known. Adding only the difference, it adds nothing twice. Locks what `add_to_counter` locks.
create or replace function count_anomalies(p_from timestamptz, p_to timestamptz) returns void language plpgsql as $$
begin
  perform add_to_counter(tenant_id, least(p_to, starts + interval '1 day') - interval '1 minute', 'anomalies', jsonb_build_object('name', name), 0::smallint, n)
    from (
      select c.tenant_id, c.name, d.starts, sum(c.value)::bigint - coalesce((
          -- Hours and days are summed up later, minutes are deleted after a while: the largest sum has all of them.
          select max(s.counted) from (
            select sum(m.counts[1])::bigint as counted from metric_counters m
              where m.tenant_id = c.tenant_id and m.metric = 'anomalies' and m.at >= d.starts and m.at < d.starts + interval '1 day'
                and m.labels = jsonb_build_object('name', c.name) group by m.grain) s), 0) as n
        from counters c, lateral (select c.day::timestamp at time zone 'UTC' as starts) d
        where c.day >= (p_from at time zone 'UTC')::date and c.day <= ((p_to - interval '1 minute') at time zone 'UTC')::date
        group by c.tenant_id, c.name, d.starts) x
    where n > 0;
end $$;
