-- Returns the labels by which the hours and days of a metric are kept once more, so that a question over months does not read every combination of
-- labels: by one alone, in all ({}), and by two where pages ask for both. Those counters are called `metric:label,label`. Locks nothing.
create or replace function metric_label_sets() returns table (o_metric text, o_labels text[]) language sql immutable parallel safe as $$
  select metric, string_to_array(unnest(labels), ',') from (values
    ('intent', array['', 'intent', 'model', 'rung']),
    ('reply', array['', 'intent', 'model', 'rung']),
    ('wait', array['', 'intent', 'model', 'rung']),
    ('turns', array['', 'intent', 'model', 'rung', 'language', 'result', 'version', 'intent,model', 'intent,rung'])) s (metric, labels)
$$;
