-- Returns the duration in milliseconds that stands for a bucket, in the middle between its bounds as `lib/insight/histogram.ts` has it. One
-- expression, so that a query takes it in and makes the bounds once, not for each bucket.
create or replace function metric_duration(p_bucket smallint) returns float8 language sql immutable parallel safe as $$
  select case when p_bucket = 0 then 1
              else sqrt((metric_bounds())[cardinality(metric_bounds()) - p_bucket + 1]
                        * coalesce((metric_bounds())[cardinality(metric_bounds()) - p_bucket], (metric_bounds())[1])) end
$$;
