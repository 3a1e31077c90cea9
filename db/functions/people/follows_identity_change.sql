-- Whether the first change is of a name that the second one gave.
create or replace function follows_identity_change(p_next jsonb, p_first jsonb) returns boolean language sql immutable as $$
  select coalesce(p_next #>> '{userId,previous}' = p_first #>> '{userId,current}', false)
      or coalesce(p_next #>> '{phone,previous}' = p_first #>> '{phone,current}', false)
$$;
