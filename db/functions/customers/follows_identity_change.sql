-- True when a change starts from an identity that an earlier change gave, in whatever spelling of a phone.
create or replace function follows_identity_change(p_next jsonb, p_earlier jsonb) returns boolean language sql immutable as $$
  select coalesce(p_next #>> '{userId,previous}' = p_earlier #>> '{userId,current}', false)
      or coalesce(phones_in(p_next #> '{phones,previous}', p_next #>> '{phone,previous}')
                  && phones_in(p_earlier #> '{phones,current}', p_earlier #>> '{phone,current}'), false)
$$;
