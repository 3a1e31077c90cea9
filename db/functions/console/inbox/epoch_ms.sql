-- Returns a time as epoch milliseconds with their fractions; null for none.
create or replace function epoch_ms(p_at timestamptz) returns numeric language sql immutable parallel safe as $$
  select trim_scale(extract(epoch from p_at)::numeric * 1000)
$$;
