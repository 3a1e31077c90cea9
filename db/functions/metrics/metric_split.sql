-- Returns the name of the counters that answer a question by these labels with the fewest rows: `metric:label,label` where hours and days are kept
-- by them (`metric_label_sets`), else the metric itself. Locks nothing.
create or replace function metric_split(p_metric text, p_labels text[]) returns text language sql immutable parallel safe as $$
  select coalesce((select o_metric || ':' || array_to_string(o_labels, ',') from metric_label_sets()
                     where o_metric = p_metric and p_labels <@ o_labels order by cardinality(o_labels), o_labels limit 1), p_metric)
$$;
