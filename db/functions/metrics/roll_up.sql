-- Counts the next slice of minutes and sums up hours and days: `more` when there is more to do now, else `done`, or `busy`
-- while another process is here. A slice holds about `p_rows` turns, so that the statement is bounded. Locks out every other roll-up, then
-- its passes and the counters that change.
create or replace function roll_up(p_rows integer, p_now timestamptz default clock_timestamp()) returns text language plpgsql
-- Compiling these statements takes longer than running them; a plan made while the table was empty would scan it for each row; their sorts and
-- hashes fit into memory.
set jit = off set plan_cache_mode = force_custom_plan set work_mem = '32MB' as $$
declare
  v_pass metric_passes;
  v_from timestamptz;
  v_kept timestamptz := minutes_kept_from(p_now);
  v_due timestamptz;
  v_to timestamptz;
begin
  if not pg_try_advisory_xact_lock(hashtext('roll_up')) then return 'busy'; end if;
  perform begin_passes(p_now);
  -- The freshest minutes first.
  select * into v_pass from metric_passes where p_now - lag - through >= greatest(interval '1 minute', lag / 10) order by lag, name limit 1;
  if v_pass.name is null then return 'done'; end if;

  -- What began a moment before may have been committed since; where the passes behind come later, they see it.
  v_from := v_pass.through - case when v_pass.name = 'fresh' and v_pass.through > p_now - interval '10 minutes' then interval '3 minutes' else interval '0' end;
  v_due := least(date_trunc('minute', p_now - v_pass.lag, 'UTC'), v_pass.ends_at);
  v_to := slice_end(v_pass.through, v_due, p_rows);
  if v_pass.through < v_kept then
    -- Minutes that would be deleted at once are left out: whole hours are counted from rows.
    v_from := date_trunc('hour', v_from, 'UTC');
    v_to := least(v_kept, greatest(date_trunc('hour', v_to, 'UTC'), date_trunc('hour', v_pass.through, 'UTC') + interval '1 hour'));
  else
    v_from := greatest(v_from, v_kept);
    perform replace_counters('minute', v_from, v_to, p_now);
  end if;
  if v_pass.name = 'fresh' then perform count_anomalies(v_from, v_to); end if;
  perform sum_up(v_from, v_to, v_due, p_now);

  -- This pass has come through, and so has every other for whose distance these minutes were old enough.
  update metric_passes p set through = least(v_to, date_trunc('minute', p_now - p.lag, 'UTC'))
    where p.through >= v_from and p.through < least(v_to, date_trunc('minute', p_now - p.lag, 'UTC'));
  delete from metric_passes where through >= ends_at;
  return 'more';
end $$;
