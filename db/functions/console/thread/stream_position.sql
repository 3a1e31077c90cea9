-- Returns where the live stream goes on from what this statement sees: microseconds by the database's clock.
create or replace function stream_position() returns text language sql stable as $$
  select floor(extract(epoch from statement_timestamp()) * 1000000)::bigint::text
$$;
