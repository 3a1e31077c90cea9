-- Returns dead letters, newest first. Locks nothing.
create or replace function dead_letters(p_limit integer) returns setof jsonb language sql stable as $$
  select dead_letter_json(t) from turns t where state = 'dead' order by ended_at desc limit p_limit
$$;
