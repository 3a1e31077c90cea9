-- Returns the upper bounds of the buckets of durations, 1.02 to the power of 0 to 1149, negated and in ascending order. Multiplied one by
-- one, as `lib/insight/histogram.ts` does it: so both have the same numbers to the last bit, whatever their logarithms do.
create or replace function metric_bounds() returns float8[] language plpgsql immutable parallel safe as $$
declare
  v_bound float8 := 1;
  v_bounds float8[] := array_fill(0::float8, array[1150]);
begin
  for v_place in reverse 1150..1 loop
    v_bounds[v_place] := -v_bound;
    v_bound := v_bound * 1.02::float8;
  end loop;
  return v_bounds;
end $$;
