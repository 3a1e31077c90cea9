-- Returns the transaction that wrote this version of a row (its xmin) as a number that never wraps around; `p_near` is a present one.
create or replace function row_version(p_xmin xid, p_near bigint) returns bigint language sql immutable parallel safe as $$
  select p_near + ((p_xmin::text::bigint - p_near + 2147483648) & 4294967295) - 2147483648
$$;
