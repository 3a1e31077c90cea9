-- Lets the roll-up count all minutes once more whose rows are there, from the oldest whole day within `p_days` on; the usual passes go on
-- meanwhile. Locks the passes.
create or replace function begin_rebuild(p_days integer, p_now timestamptz default clock_timestamp()) returns void language plpgsql as $$
begin
  perform begin_passes(p_now);
  insert into metric_passes (name, lag, through, ends_at)
    select 'rebuild', '0', greatest(
        date_trunc('minute', least((select min(started_at) from turns), (select min(created_at) from messages), p_now), 'UTC'),
        date_trunc('day', p_now - make_interval(days => greatest(p_days, 8)), 'UTC') + interval '1 day'), through
      from metric_passes where name = 'fresh'
    on conflict (name) do update set through = excluded.through, ends_at = excluded.ends_at;
  delete from metric_passes where through >= ends_at;
end $$;
