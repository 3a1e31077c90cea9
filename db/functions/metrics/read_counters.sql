-- Returns the sums of one metric (Selection) as `[[slot in epoch milliseconds or null, labels, [bucket, …], [n, …]], …]`, in the order of their
-- slots; without tenants of all. Locks nothing.
create or replace function read_counters(p_tenant_ids uuid[], p_selection jsonb) returns jsonb language plpgsql stable
-- Compiling takes longer than reading.
set jit = off as $$
declare
  v_tenants uuid[] := coalesce(p_tenant_ids, array(select id from tenants));
  v_by text[] := array(select jsonb_array_elements_text(p_selection -> 'by'));
  v_where jsonb := p_selection -> 'where';
  v_step text := p_selection ->> 'step';
  v_metric text := p_selection ->> 'metric';
  v_split text := metric_split(v_metric, v_by || array(select jsonb_object_keys(v_where)));
begin
  return (
    with found as materialized (
      select case when v_step is not null then date_trunc(v_step, c.at, 'UTC') end as at, c.labels as kept, c.buckets, c.counts
        from metric_segments(to_timestamp((p_selection ->> 'fromMs')::float8 / 1000), to_timestamp((p_selection ->> 'toMs')::float8 / 1000), v_step) s
        join metric_counters c on c.tenant_id = any (v_tenants) and c.metric = case s.o_grain when 'minute' then v_metric else v_split end
          and c.grain = s.o_grain and c.at >= s.o_from and c.at < s.o_to and c.labels @> v_where),
    -- There are few kinds of labels and many slots: each kind is looked at once.
    kinds as materialized (
      select kept, labels, dense_rank() over (order by labels) as kind
        from (select kept, coalesce((select jsonb_object_agg(name, kept -> name) from unnest(v_by) name where kept ? name), '{}') as labels
                from (select distinct kept from found) d) k),
    numbered as materialized (
      select f.at, k.kind, k.labels, f.buckets, f.counts, dense_rank() over (order by f.at, k.kind) as series, row_number() over same as piece,
             count(*) over same as pieces
        from found f join kinds k using (kept) window same as (partition by f.at, k.kind)),
    -- Sorting numbers is many times quicker than sorting labels. What is in one piece needs neither.
    cells as (
      select f.series, u.bucket, sum(u.n)::bigint as n from numbered f, unnest(f.buckets, f.counts) u (bucket, n) where f.pieces > 1 group by 1, 2),
    merged as (
      select series, jsonb_agg(bucket order by bucket) as buckets, jsonb_agg(n order by bucket) as counts from cells group by 1)
    select coalesce(jsonb_agg(jsonb_build_array(epoch_ms(f.at), f.labels, coalesce(m.buckets, to_jsonb(f.buckets)), coalesce(m.counts, to_jsonb(f.counts)))
        order by f.at, f.kind), '[]')
      -- A full join, which is no other here, is never a loop in a loop, however few rows the planner expects.
      from (select * from numbered where piece = 1) f full join merged m using (series));
end $$;
