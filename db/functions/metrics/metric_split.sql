-- Returns the name of the counters that answer a question by these labels with the fewest rows: `metric:label` where hours and days are kept by
-- a single label or in all (`metric_splits`), else the metric itself. Locks nothing.
create or replace function metric_split(p_metric text, p_labels text[]) returns text language sql immutable parallel safe as $$
  select coalesce((select o_metric || ':' || o_label from metric_splits() where o_metric = p_metric and p_labels <@ array[o_label] order by o_label limit 1),
                  p_metric)
$$;
