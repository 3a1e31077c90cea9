-- Returns the upper bounds of the buckets of durations, negated and in ascending order: 1.02 to the power of 0 to 1149, and round limits, so that
-- what is within a target, or within a class that is exported, is counted exactly. Multiplied one by one, as `lib/insight/histogram.ts` does it: so both have the same numbers to
-- the last bit, whatever their logarithms do.
create or replace function metric_bounds() returns float8[] language plpgsql immutable parallel safe as $$
declare
  v_bound float8 := 1;
  v_bounds float8[] := array[
    5, 10, 25, 50, 100, 200, 300, 500, 750, 1000, 1500, 2000, 2500, 3000, 4000, 5000, 7500, 10000, 15000, 30000, 60000, 120000, 300000, 600000,
    1800000, 3600000, 7200000, 14400000, 28800000, 86400000, 259200000, 604800000];
begin
  for v_place in 1..1150 loop
    v_bounds := v_bounds || v_bound;
    v_bound := v_bound * 1.02::float8;
  end loop;
  return (select array_agg(-bound order by bound desc) from unnest(v_bounds) bound);
end $$;
