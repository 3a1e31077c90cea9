-- Returns every spelling of a phone, the delivered one first; null for no phone. A call of the release before names only the phone.
create or replace function phones_in(p_phones jsonb, p_phone text) returns text[] language plpgsql immutable as $$
begin
  if p_phone is null then return null; end if;
  if jsonb_typeof(p_phones) = 'array' and p_phones <> '[]' then
    -- Most phones have one spelling, which needs no query.
    if jsonb_array_length(p_phones) = 1 then return array[p_phones ->> 0]; end if;
    return array(select jsonb_array_elements_text(p_phones));
  end if;
  return array[p_phone];
end $$;
