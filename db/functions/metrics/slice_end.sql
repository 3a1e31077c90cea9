-- Returns where a slice ends that begins at `p_from`: whole minutes, with at most about `p_rows` turns and three times as many messages, at
-- most a day, and not after `p_to`. Locks nothing.
create or replace function slice_end(p_from timestamptz, p_to timestamptz, p_rows integer) returns timestamptz language sql stable as $$
  select least(p_to, p_from + interval '1 day', greatest(p_from + interval '1 minute', least(
    (select date_trunc('minute', started_at, 'UTC') from turns where started_at >= p_from and started_at < p_to
       order by started_at offset p_rows limit 1),
    (select date_trunc('minute', created_at, 'UTC') from messages where created_at >= p_from and created_at < p_to
       order by created_at offset 3 * p_rows limit 1), p_to)))
$$;
