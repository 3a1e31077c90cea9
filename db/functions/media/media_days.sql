-- Days that a company keeps files: `mediaDays` of its profile, 0 when it says nothing that makes sense.
create or replace function media_days(profile jsonb) returns integer language sql immutable as $$
  select case when jsonb_typeof(profile -> 'mediaDays') = 'number'
    then least(greatest(floor((profile ->> 'mediaDays')::numeric), 0), 365)::integer else 0 end
$$;
