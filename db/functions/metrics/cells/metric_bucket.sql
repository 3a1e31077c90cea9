-- Returns the bucket of a duration in milliseconds: how many bounds are below it; 0 for up to a millisecond.
create or replace function metric_bucket(p_ms float8) returns smallint language sql immutable parallel safe as $$
  select (cardinality(metric_bounds()) - width_bucket(-p_ms, metric_bounds()))::smallint
$$;
