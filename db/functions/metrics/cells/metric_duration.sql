-- Returns the duration in milliseconds that stands for a bucket, in the middle between its bounds as `lib/insight/histogram.ts` has it.
create or replace function metric_duration(p_bucket smallint) returns float8 language sql immutable parallel safe as $$
  select case when p_bucket = 0 then 1 else sqrt(b[cardinality(b) - p_bucket + 1] * coalesce(b[cardinality(b) - p_bucket], b[1])) end
    from metric_bounds() b
$$;
