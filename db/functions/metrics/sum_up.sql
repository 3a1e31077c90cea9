-- Sums up the hours and days around minutes that were counted anew. While more of the same pass is due (`p_to` before `p_due`), only those that
-- end within: what goes on is summed once, with the next minutes. Days only when they are over, by the pass that counts first: until then they
-- are read from their hours (`metric_segments`). Locks what `replace_counters` locks.
create or replace function sum_up(p_from timestamptz, p_to timestamptz, p_due timestamptz, p_now timestamptz) returns void language plpgsql as $$
declare
  v_hour timestamptz := case when p_to < p_due then date_trunc('hour', p_to, 'UTC') else date_trunc('hour', p_to + interval '59 minutes', 'UTC') end;
  v_day timestamptz := case when p_to < p_due then date_trunc('day', p_to, 'UTC') else date_trunc('day', p_to + interval '1 day -1 minute', 'UTC') end;
begin
  v_day := least(v_day, date_trunc('day', greatest(p_to, (select through from metric_passes where name = 'fresh')), 'UTC'));
  if v_hour > p_from then perform replace_counters('hour', date_trunc('hour', p_from, 'UTC'), v_hour, p_now); end if;
  if v_day > p_from then perform replace_counters('day', date_trunc('day', p_from, 'UTC'), v_day, p_now); end if;
end $$;
