-- Begins the passes where the oldest row is, when there are none yet. A minute is counted a minute after its end, and again at ages at which
-- what is late has come: turns that took long, reports of Meta, operators' first answers, the end of a silent conversation, and after a
-- week what Meta delivers last. From eight days on its rows may be purged. Locks the passes.
create or replace function begin_passes(p_now timestamptz) returns void language plpgsql as $$
begin
  if exists (select from metric_passes where name = 'fresh') then return; end if;
  insert into metric_passes (name, lag, through)
    select name, lag, date_trunc('minute', least((select min(started_at) from turns), (select min(created_at) from messages), p_now), 'UTC')
      from (values ('fresh', interval '0'), ('late', interval '10 minutes'), ('hour', interval '1 hour'), ('day', interval '25 hours'),
                   ('week', interval '7 days')) p (name, lag)
    on conflict (name) do nothing;
end $$;
