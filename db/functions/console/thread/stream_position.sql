-- Returns where the live stream goes on from what this statement sees: the time in milliseconds, and the oldest transaction that is not
-- over, `<time>-<transaction>`. What that one or a later one writes is new; a time alone would lose what is committed late.
create or replace function stream_position() returns text language sql stable as $$
  select floor(extract(epoch from statement_timestamp()) * 1000)::bigint || '-' || pg_snapshot_xmin(pg_current_snapshot())::text
$$;
