-- Deletes at most about `p_limit` counters that are past their time: minutes after nine days, hours after 400; days stay. Returns how many.
-- Skips rows that others have locked.
create or replace function purge_counters(p_limit integer) returns integer language plpgsql as $$
declare
  v_deleted integer;
begin
  delete from metric_counters where ctid = any (array(
    select ctid from metric_counters
      where grain = 'minute' and at < clock_timestamp() - interval '9 days' or grain = 'hour' and at < clock_timestamp() - interval '400 days'
      limit p_limit for update skip locked));
  get diagnostics v_deleted = row_count;
  return v_deleted;
end $$;
