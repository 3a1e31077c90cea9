-- Returns the first hour of which all minutes are kept (`purge_counters`). Locks nothing.
create or replace function minutes_kept_from(p_now timestamptz) returns timestamptz language sql immutable parallel safe as $$
  select date_trunc('hour', p_now - interval '9 days', 'UTC') + interval '1 hour'
$$;
