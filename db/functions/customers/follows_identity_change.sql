-- True when a change starts from an identity that an earlier change gave.
create or replace function follows_identity_change(p_next jsonb, p_earlier jsonb) returns boolean language sql immutable as $$
  select coalesce(p_next #>> '{userId,previous}' = p_earlier #>> '{userId,current}', false)
      or coalesce(p_next #>> '{phone,previous}' = p_earlier #>> '{phone,current}', false)
$$;
