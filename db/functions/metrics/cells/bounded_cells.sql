-- Returns the cells of `counted_cells` with at most 50 values of what comes from outside (a service's error code, a tool's name) in a slot, the
-- most frequent ones: all others are `other`, which has no place among the 50. So nobody can fill the table, and sums are the same in minutes,
-- hours and days. Intents, models and stages are ours. Locks nothing.
create or replace function bounded_cells(p_grain text, p_from timestamptz, p_to timestamptz, p_now timestamptz)
returns table (o_tenant_id uuid, o_source text, o_at timestamptz, o_metric text, o_labels jsonb, o_bucket smallint, o_n bigint) language sql stable as $$
  with cells as materialized (
    select *, o_metric in ('errors', 'tool', 'sent', 'received', 'billed', 'handoffs') as outside from counted_cells(p_grain, p_from, p_to, p_now)),
  named as (
    select c.o_tenant_id, c.o_at, c.o_metric, l.key, l.value,
           row_number() over (partition by c.o_tenant_id, c.o_at, c.o_metric, l.key order by sum(c.o_n) desc, l.value) as place
      from cells c, jsonb_each_text(c.o_labels) l where c.outside and l.value <> 'other' group by 1, 2, 3, 4, 5),
  others as materialized (select * from named where place > 50)
  select o_tenant_id, o_source, o_at, o_metric, o_labels, o_bucket, o_n from cells where not outside
  union all
  select c.o_tenant_id, c.o_source, c.o_at, c.o_metric,
         case when not (select exists (select from others)) then c.o_labels else (
           select jsonb_object_agg(l.key, case when exists (
                    select from others o where o.o_tenant_id = c.o_tenant_id and o.o_at = c.o_at and o.o_metric = c.o_metric and o.key = l.key
                      and o.value = l.value) then 'other' else l.value end)
             from jsonb_each_text(c.o_labels) l) end as labels, c.o_bucket, sum(c.o_n)::bigint
    from cells c where c.outside group by 1, 2, 3, 4, labels, 6
$$;
