-- Returns the sums of one metric (Selection) as `[[slot in epoch milliseconds or null, labels, [bucket, …], [n, …]], …]`, in the order of their
-- slots; without a tenant of all. Locks nothing.
create or replace function read_metrics(p_tenant_id uuid, p_selection jsonb) returns jsonb language plpgsql stable as $$
declare
  v_tenants uuid[] := case when p_tenant_id is null then array(select id from tenants) else array[p_tenant_id] end;
  v_by text[] := array(select jsonb_array_elements_text(p_selection -> 'by'));
  v_step text := p_selection ->> 'step';
begin
  return (
    with found as materialized (
      select case when v_step is not null then date_trunc(v_step, c.at, 'UTC') end as at, c.buckets, c.counts,
             coalesce((select jsonb_object_agg(name, c.labels -> name) from unnest(v_by) name where c.labels ? name), '{}') as labels
        from metric_segments(to_timestamp((p_selection ->> 'fromMs')::float8 / 1000), to_timestamp((p_selection ->> 'toMs')::float8 / 1000), v_step) s
        join metric_counters c on c.tenant_id = any (v_tenants) and c.metric = p_selection ->> 'metric' and c.grain = s.o_grain
          and c.at >= s.o_from and c.at < s.o_to and c.labels @> (p_selection -> 'where')),
    cells as (
      select f.at, f.labels, u.bucket, sum(u.n)::bigint as n from found f, unnest(f.buckets, f.counts) u (bucket, n) group by 1, 2, 3),
    series as (
      select at, labels, jsonb_agg(bucket order by bucket) as buckets, jsonb_agg(n order by bucket) as counts from cells group by 1, 2)
    select coalesce(jsonb_agg(jsonb_build_array(epoch_ms(at), labels, buckets, counts) order by at, labels), '[]') from series);
end $$;
