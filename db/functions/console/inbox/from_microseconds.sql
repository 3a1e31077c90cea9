-- Returns a time from microseconds since 1970, exactly.
create or replace function from_microseconds(p_microseconds bigint) returns timestamptz language sql immutable parallel safe as $$
  select timestamptz 'epoch' + p_microseconds * interval '1 microsecond'
$$;
