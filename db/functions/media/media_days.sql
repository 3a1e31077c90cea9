-- Returns for how many days a company keeps files: `mediaDays` of its profile, 0 when that is not a number.
create or replace function media_days(p_profile jsonb) returns integer language sql immutable as $$
  select case when jsonb_typeof(p_profile -> 'mediaDays') = 'number'
    then least(greatest(floor((p_profile ->> 'mediaDays')::numeric), 0), 365)::integer else 0 end
$$;
