-- Lets the roll-up count all minutes since then once more; the usual passes go on meanwhile. Locks the passes.
create or replace function begin_rebuild(p_from timestamptz, p_now timestamptz) returns void language plpgsql as $$
begin
  perform begin_passes(p_now);
  insert into metric_passes as p (name, lag, through, ends_at)
    select 'rebuild', '0', greatest(p_from, date_trunc('minute', least((select min(started_at) from turns), (select min(created_at) from messages), p_now), 'UTC')),
           through
      from metric_passes where name = 'fresh'
    on conflict (name) do update set through = least(p.through, excluded.through), ends_at = excluded.ends_at;
  delete from metric_passes where through >= ends_at;
end $$;
