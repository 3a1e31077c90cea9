-- Returns today's date in UTC.
create or replace function utc_today() returns date language sql volatile as $$
  select (clock_timestamp() at time zone 'UTC')::date
$$;
