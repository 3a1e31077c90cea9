-- Returns the labels by which the hours and days of a metric are kept once more by one label alone, and in all (''), so that a question over
-- months does not read every combination of labels. Those counters are called `metric:label`.
create or replace function metric_splits() returns table (o_metric text, o_label text) language sql immutable parallel safe as $$
  select metric, unnest(labels) from (values
    ('intent', array['', 'intent', 'model', 'rung']),
    ('reply', array['', 'intent', 'model', 'rung']),
    ('wait', array['', 'intent', 'model', 'rung']),
    ('turns', array['', 'intent', 'model', 'rung', 'language', 'result', 'version'])) s (metric, labels)
$$;
