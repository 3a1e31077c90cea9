-- Deletes at most `p_limit` turns' exchanges that are older than `p_days` (0: all), and the prompts that no younger ones name; returns how
-- many exchanges. A prompt is named for a week. Skips rows that others have locked.
create or replace function purge_exchanges(p_days integer, p_limit integer) returns integer language plpgsql as $$
declare
  v_horizon timestamptz := clock_timestamp() - make_interval(days => p_days);
  v_exchanges integer;
begin
  delete from exchanges where turn_id = any (array(
    select turn_id from exchanges where created_at < v_horizon order by created_at limit p_limit for update skip locked));
  get diagnostics v_exchanges = row_count;
  delete from prompts where created_at < v_horizon - case when p_days > 0 then interval '8 days' else interval '0' end;
  return v_exchanges;
end $$;
