-- Meta's pair rate: one message in 6 s to one person, 45 in a burst that is worked off later (about the platform).
create or replace function pair_wait(p_free_at timestamptz) returns interval language sql volatile as $$
  select greatest(greatest(p_free_at, clock_timestamp()) - 44 * interval '6 seconds' - clock_timestamp(), interval '0')
$$;
