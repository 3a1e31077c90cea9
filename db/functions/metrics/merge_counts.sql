-- Returns the sum of two counters, without buckets in which nothing is left. Locks nothing.
create or replace function merge_counts(p_buckets smallint[], p_counts bigint[], p_more smallint[], p_by bigint[], out o_buckets smallint[], out o_counts bigint[])
language sql immutable parallel safe as $$
  select coalesce(array_agg(bucket order by bucket), '{}'), coalesce(array_agg(n order by bucket), '{}') from (
    select bucket, sum(n)::bigint as n from (
      select * from unnest(p_buckets, p_counts) union all select * from unnest(p_more, p_by)) u (bucket, n)
      group by bucket having sum(n) <> 0) s
$$;
