-- Adds one event of now to the counters of its minute, a duration where `p_ms` is one: for what leaves no rows, such as a check of a dependency.
-- Locks what `add_to_counter` locks.
create or replace function record_metric(p_tenant_id uuid, p_metric text, p_labels jsonb, p_ms float8) returns void language plpgsql as $$
begin
  perform add_to_counter(p_tenant_id, clock_timestamp(), p_metric, p_labels, coalesce(metric_bucket(p_ms), 0::smallint), 1);
end $$;
