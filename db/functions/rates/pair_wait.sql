-- Returns how long a message must wait for Meta's pair rate: one in 6 s for one customer, and 45 in a burst that is then worked off.
create or replace function pair_wait(p_free_at timestamptz) returns interval language sql volatile as $$
  select greatest(greatest(p_free_at, clock_timestamp()) - 44 * interval '6 seconds' - clock_timestamp(), interval '0')
$$;
